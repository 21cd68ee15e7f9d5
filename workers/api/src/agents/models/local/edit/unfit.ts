import { splitSentences } from '../text/sentences.ts';

/** Sentences that ask for an answer or a text instead of a flow. */
const ASKS =
  /^(?:(?:please|bitte|hey|hi|hello|hallo|so|and|und|but|aber|ok|okay|well),?\s+)*(?:what(?:'s|’s| is| are| do| does| did| would| should| could| can| will| about| if| happens| have)?\b.*\?|(?:why|who|whose|whom|where|when|which|how)\b.*\?|(?:is|are|does|do|did|can|could|would|should|will|has|have)\s+(?:this|that|the|it|there|you|we|i|my|our|any)\b.*\?|(?:was|warum|wieso|weshalb|wer|wo|wann|welche[rsnm]?|wie|woher|wohin|wozu)\s.*\?|(?:ist|sind|kannst|könntest|soll(?:te)?|gibt|hat|macht|findest|meinst|passt|fehlt|siehst)\s.*\?|(?:explain|describe|summari[sz]e|analy[sz]e|evaluate|critique|criticise|review|rate|assess|compare|translate|tell me|give me (?:feedback|advice|your opinion)|help me understand|show me how|walk me through)\s+(?:to me |me |us )?(?:(?:the|this|my|our|these|that|it|what|why|how|about|if|whether|a|an|your|some|each|every|all)\b.*|.*)|what do you think\b.*|(?:erkläre?|beschreibe?|fasse?|analysiere|bewerte|beurteile|kritisiere|vergleiche|übersetze?|sag mir|erzähl(?:e)? (?:mir|uns)|gib mir (?:feedback|rat|tipps))\s.*)$/isu;
const TEXT_KINDS =
  'strategy|strategies|essay|poem|story|article|blog|blog post|post|tweet|plan|business plan|campaign|copy|slogan|tagline|e-?mail|mail|letter|speech|joke|song|lyrics|report|analysis|summary|documentation|docs|readme|user stor(?:y|ies)|acceptance criteria|test cases?|tests|code|script|function|sql|press release|release notes|review|feedback|opinion|advice|text|paragraph|recipe|marketing|pitch|presentation|marketingstrategie|strategie|aufsatz|gedicht|geschichte|artikel|blogartikel|beitrag|kampagne|werbetext|brief|rede|witz|lied|bericht|analyse|zusammenfassung|dokumentation|nutzergeschichten?|akzeptanzkriterien|testfälle|konzept|rezept|pressemitteilung|marketingplan|geschäftsplan|businessplan|präsentation';
const WRITE = new RegExp(
  `^(?:(?:please|bitte|can you|could you|kannst du|könntest du|i need you to|i want you to|hey|hi)[,\\s]+)*(?:write|draft|compose|generate|create|make|give|prepare|brainstorm|schreibe?|verfasse|erstelle?|entwirf|entwickle|formuliere|gib|mach(?:e)?)\\s+(?:(?:me|us|mir|uns|up|out)\\s+)?(?:(?:an?|the|some|my|our|eine[nrms]?|ein|die|den|das|\\d+|five|ten|three)\\s+)?(?:[\\p{L}-]+\\s+){0,3}?(?:${TEXT_KINDS})(?![\\p{L}])`,
  'iu',
);
const PICTURE =
  /(?:^|\s)(?:attached|enclosed|this|these|following|below|above|my|beigefügte[nsrm]?|angehängte[nsrm]?|diese[nsrm]?|folgende[nsrm]?|mein(?:e[nm]?)?)\s+(?:[\p{L}-]+\s+)?(?:screenshots?|image|images|picture|pictures|photo|photos|mock-?ups?|sketch|wireframes?|pdf|figma|bild|bilder|foto|fotos|skizze|screenshot)(?![\p{L}])/iu;
const FROM_PICTURE =
  /^(?:(?:please|bitte|hey|hi|here)[,\s]+)*(?:here(?:'s|’s| is| are)|look|see|use|take|turn|convert|draw|make|create|generate|recreate|rebuild|read|analy[sz]e|import|based on|from|what|siehe?|schau|nimm|nutze|verwende|mach(?:e)?|erstelle?|zeichne|wandle|lies|hier (?:ist|sind)|basierend|aus|nach)(?![\p{L}])/iu;

/** Rows of keys and heaps of letters that no word looks like. */
function isNoise(word: string): boolean {
  const low = word.toLowerCase();
  if (/(.)\1{3,}/u.test(low)) return true;
  if (/asdf|sdfg|dfgh|fghj|ghjk|hjkl|qwer|wert[yz]|zxcv|xcvb|cvbn|yxcv|qwertz|uiop/u.test(low)) return true;
  if (/[^\p{Script=Latin}\p{N}'’-]/u.test(low) || /\d/.test(low) || word === word.toUpperCase()) return false;
  return (
    low.length >= 4 &&
    (!/[aeiouyàáâäåæèéêëìíîïòóôöøùúûüœ]/u.test(low) ||
      /[bcdfgjklmnpqrtvwxz]{6,}/u.test(low.replaceAll(/sch|tsch|chs|cht|ght|th|ck|ng|nk/gu, 's')))
  );
}

/** Text without meaning: no letters, or mostly words that are none. */
function isGibberish(request: string): boolean {
  const words = request.match(/[\p{L}\p{M}][\p{L}\p{M}\p{N}'’-]*/gu) ?? [];
  if (words.length === 0) return true;
  if (/^\s*lorem ipsum\b/iu.test(request)) return true;
  return words.filter(isNoise).length > words.length / 2;
}

/** Whether the request asks for what rules cannot do: an answer, an essay, the reading of a picture; or says nothing. */
export function isUnfit(request: string): boolean {
  if (isGibberish(request)) return true;
  const sentences = request
    .slice(0, 6_000)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .flatMap(splitSentences);
  const [first = ''] = sentences;
  if (
    sentences.length <= 4 &&
    PICTURE.test(request) &&
    sentences.some(
      (sentence) => FROM_PICTURE.test(sentence) && (PICTURE.test(sentence) || sentences.length === 1),
    )
  )
    return true;
  if (
    WRITE.test(first) &&
    !/(?<![\p{L}])(?:flow|flows|ablauf|user journey|diagram|diagramm|prozess|process)(?![\p{L}])/iu.test(
      first,
    )
  )
    return sentences.length <= 4;
  return sentences.every((sentence) => ASKS.test(sentence) && !/\?\s+\S/u.test(sentence));
}

const CHAT =
  /^(?:(?:hi|hello|hey|hallo|moin|servus|good (?:morning|evening)|guten (?:morgen|tag|abend)|thanks|thank you|thx|danke(?: schön)?|vielen dank|ok|okay|cool|great|nice|super|perfect|perfekt|prima|yes|no|ja|nein|test|undo|redo|stop|cancel|help|hilfe|zurück|rückgängig)(?: (?:there|that|it|please|bitte|das|so much|very much|sehr))*[\s.!,?]*)+$/iu;
const EDITS =
  /^(?:(?:please|bitte|can you|could you|kannst du|now|jetzt)[,\s]+)*(?:undo|redo|revert|restore|swap|exchange|switch|duplicate|copy|clone|merge|combine|change|edit|improve|rework|redesign|refine|simplify|shorten|extend|expand|polish|optimi[sz]e|beautify|translate|make (?:it|this|the|everything|them)|rename|connect|disconnect|move|delete|remove|relabel|colou?r|resize|tausche|vertausche|kopiere|dupliziere|ändere?|verbessere|überarbeite|vereinfache|kürze|erweitere|optimiere|übersetze|mache? (?:es|das|alles|den|die)|benenne|verbinde|verschiebe|lösche|entferne|färbe)(?![\p{L}])/iu;

/** One or two sentences that want the flow changed in a way that no command says, or that only make conversation. */
export function isUnclear(request: string): boolean {
  const sentences = splitSentences(request.slice(0, 2_000).replaceAll('\n', '. '));
  return (
    CHAT.test(request.trim().slice(0, 200)) ||
    (sentences.length <= 2 && sentences.every((sentence) => EDITS.test(sentence)))
  );
}
