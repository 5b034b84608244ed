import { type Survey, type SurveyOptions, survey } from '../doctor/survey.js';
import { loadKnowledge } from '../knowledge/load.js';
import { RULES_FOLDER } from '../rules-folder.js';

/** Surveys a repository with the models that ship with the program. */
export function loadSurvey(options: Omit<SurveyOptions, 'knowledge'>): Survey {
  return survey({ ...options, knowledge: loadKnowledge(RULES_FOLDER) });
}
