/**
 * How often one letter follows another in English and in the names of programs, against chance: a digit for each pair, `aa` first, `zz`
 * last. 5 is as often as by chance; each step up or down is a factor of two.
 */
const FOLLOWS =
  '36653351504657050667443141755575116327326205536101407454740750652173053651003064458532710422520552531030' +
  '54674442311557243775243531655576007005137005445000406231835671054663065361203280028000702343720645501030' +
  '54655450002558640466150304712080117323007202617140006224843472141464037450304072248311702721630055530060' +
  '75138010711351670152500020616664726143245202674310314455234241356855075555522171227224602611760756500030' +
  '12111000500410200340902000724583407043546305654320405062730660443355126761214060428215801421620665402050' +
  '55545350502667350666210121703091207012025100423010008123701670242672066220201052647312700151480047300430' +
  '6443643260056667037543403370029005700330630131311045';
const AS_BY_CHANCE = 5;
/** Short words that a random text may well hold are words only where they are well known. */
const SHORT_WORD =
  /^(?:do|not|the|and|for|key|api|jwt|dev|new|old|my|is|in|to|of|a|an|or|app|use|set|get|any|bot|db|env|ai|me)$/;

/**
 * The part of the letters of a text, from 0 to 1, that reads like words: runs of letters (split where the case changes) whose letters
 * follow each other as those of words do. Random keys stay below 0.4, names and phrases above 0.6.
 */
export function wordShare(text: string): number {
  const runs = text.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+/g) ?? [];
  let letters = 0;
  let worded = 0;
  let total = 0;
  for (const run of runs) {
    total += run.length;
    if (/\d/.test(run)) continue;
    letters += run.length;
    if (isWord(run.toLowerCase())) worded += run.length;
  }
  if (total === 0 || letters < total / 4) return 0;
  return worded / letters;
}

/** Of random runs of eight letters, one in twenty passes; of words, nineteen in twenty. */
function isWord(run: string): boolean {
  if (run.length < 4) return SHORT_WORD.test(run);
  if (!/[aeiouy]/.test(run)) return false;
  let score = 0;
  for (let i = 1; i < run.length; i++) {
    score += Number(FOLLOWS[(run.charCodeAt(i - 1) - 97) * 26 + run.charCodeAt(i) - 97]) - AS_BY_CHANCE;
  }
  return score >= (run.length < 7 ? -1 : 0);
}
