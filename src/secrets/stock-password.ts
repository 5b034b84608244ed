const STOCK_WORDS = (
  'administrator admin root username user guest secret qwerty welcome letmein tester testing test demo postgresql postgres mysql mariadb ' +
  'redis mongodb mongo rabbitmq rabbit minioadmin minio neo4j elasticsearch elastic clickhouse changeme changeit change default temp hunter ' +
  'correct hello foo bar abc langflow flowise n8n supabase docker localhost local database db example my the super dev new old your some strong ' +
  'secure very long pass password passwd passphrase passcode p@ssw0rd p@ssword passw0rd pwd pw key token app api me in it please to not use ' +
  'production prod staging insecure unsafe only for jwt session cookie signing encryption auth webhook random string min chars characters at least ' +
  'and a is be this must can with of or must set here nextauth value placeholder'
)
  .split(' ')
  .sort((left, right) => right.length - left.length);

/**
 * Whether a text is composed of words that people put where a password belongs when they do not care (`postgres`, `admin123!`,
 * `super-secret-password`), with digits and punctuation behind them. Linear in the length of the text.
 */
export function isStockPassword(text: string): boolean {
  const folded = text.toLowerCase().replace(/[^a-z]{1,12}$/, '');
  if (folded === '') return true;
  if (folded.length > 80) return false;
  return folded.split(/[-_.:\s]/).every(isComposedOfStockWords);
}

function isComposedOfStockWords(segment: string): boolean {
  let rest = segment;
  while (rest !== '') {
    const word = STOCK_WORDS.find((stock) => rest.startsWith(stock));
    if (word === undefined) return false;
    rest = rest.slice(word.length);
  }
  return true;
}
