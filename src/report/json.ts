import type { Finding } from '../core/finding.js';
import type { Location } from '../core/span.js';
import type { ToolReport } from '../core/tool.js';
import type { Reporter } from './context.js';
import { SourceTexts } from './source-texts.js';
import { toJson } from './to-json.js';

/** Rises with every change that a reader of the format could notice, other than a new property. */
export const JSON_SCHEMA_VERSION = 1;

/**
 * The result as data; `rules/schema/report-1.json` describes it. Lines and columns are one-based, columns count UTF-16 code units, ends are exclusive;
 * a location whose file cannot be read any more has no region.
 */
export const json: Reporter = (result, context) => {
  const suppressed = result.suppressed ?? [];
  const sources = new SourceTexts(context, [...result.findings, ...suppressed.map(({ finding }) => finding)]);
  const report = {
    schemaVersion: JSON_SCHEMA_VERSION,
    tool: { name: 'spillcheck', version: context.version },
    findings: result.findings.map((finding) => describeFinding(finding, sources)),
    ...(suppressed.length > 0 && {
      suppressed: suppressed.map(({ finding, reason, ...others }) => ({
        finding: describeFinding(finding, sources),
        ...others,
        reason: sources.mask(reason),
      })),
    }),
    diagnostics: result.diagnostics.map((diagnostic) => ({ ...diagnostic, message: sources.mask(diagnostic.message) })),
    statistics: result.statistics,
    ...(result.tools && { tools: result.tools.map((tool) => describeTool(tool, sources)) }),
  };
  return toJson(report);
};

function describeFinding(finding: Finding, sources: SourceTexts) {
  const place = (location: Location) => ({ file: location.file, ...sources.region(location) });
  return {
    ruleId: finding.ruleId,
    level: finding.level,
    message: sources.mask(finding.message),
    advice: sources.mask(finding.advice),
    confidence: finding.confidence,
    features: finding.features,
    location: place(finding.location),
    ...(finding.data && { data: { kind: finding.data.kind, element: sources.mask(finding.data.element) } }),
    ...(finding.recipient && { recipient: finding.recipient }),
    steps: finding.steps.map((step) => ({
      location: place(step.location),
      message: sources.mask(step.message),
      nesting: step.nesting,
      function: step.function,
    })),
    related: finding.related.map((related) => ({
      location: place(related.location),
      message: sources.mask(related.message),
    })),
    fingerprints: finding.fingerprints,
  };
}

/** A tool, agent or server as data; also what `spillcheck tools --format json` prints. */
export function describeTool(tool: ToolReport, sources: SourceTexts) {
  const place = (location: Location) => ({ file: location.file, ...sources.region(location) });
  return {
    kind: tool.kind,
    name: sources.mask(tool.name),
    framework: tool.framework,
    location: place(tool.location),
    arguments: tool.arguments,
    capabilities: tool.capabilities.map(({ kind, control, location }) => ({
      kind,
      control,
      location: place(location),
    })),
    approval: tool.approval,
    annotations: tool.annotations,
    tools: tool.tools,
  };
}
