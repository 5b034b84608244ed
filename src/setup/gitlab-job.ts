/**
 * A job for GitLab: results in the merge request's code quality widget and in the security dashboard, to be taken in by
 * `include: local`.
 *
 * @param version of spillcheck that it runs
 */
export function gitlabJob(version: string): string {
  return `spillcheck:
  stage: test
  image: node:22-slim
  variables:
    GIT_DEPTH: "0"
  script:
    - >-
      npx --yes spillcheck@${version} --format compact
      --output gitlab=gl-code-quality-report.json
      --output gitlab-sast=gl-sast-report.json
  artifacts:
    when: always
    reports:
      codequality: gl-code-quality-report.json
      sast: gl-sast-report.json
`;
}
