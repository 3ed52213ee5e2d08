import { plainText } from '../digits.ts'

/*
 * The words in which people say when to call back: French, English, Arabic, and Darija in both scripts. Phrases stand
 * here as people type them; they and the text are folded alike, so that accents, doubled letters and the usual Latin
 * spellings of Darija need no rows of their own. Source: product.md 6.
 */

export const partsOfDay = ['morning', 'noon', 'afternoon', 'late_afternoon', 'evening', 'tonight', 'night'] as const
export type PartOfDay = (typeof partsOfDay)[number]

export const prayers = ['fajr', 'dhuhr', 'jumua', 'asr', 'maghrib', 'isha'] as const
export type Prayer = (typeof prayers)[number]

export type CallbackWord =
  | { readonly is: 'day'; readonly add: number }
  | { readonly is: 'weekday'; readonly weekday: number }
  | { readonly is: 'month'; readonly month: number }
  | { readonly is: 'part'; readonly part: PartOfDay }
  | { readonly is: 'prayer'; readonly prayer: Prayer }
  | { readonly is: 'number'; readonly value: number }
  /** Written as a clock: 15h, 9:30. */
  | { readonly is: 'clock'; readonly hour: number; readonly minute: number }
  | { readonly is: 'half'; readonly of: 'am' | 'pm' }
  /** Minutes of one unit; `count` where the word itself says how many, as in a dual. */
  | { readonly is: 'unit'; readonly unit: 'minutes' | 'hours' | 'days' | 'weeks'; readonly count?: number }
  | { readonly is: 'minutes'; readonly value: number }
  | { readonly is: 'date'; readonly day: number; readonly month: number }
  | { readonly is: Plain }

export const plainWords = [
  'in',
  'after',
  'before',
  'at',
  'dayNumber',
  'next',
  'nextWeek',
  'between',
  'vague',
  'now',
  'not',
  'past',
] as const
export type Plain = (typeof plainWords)[number]

const latinFolds: readonly (readonly [RegExp, string])[] = [
  [/[’'`-]/g, ' '],
  [/œ/g, 'oe'],
  [/8(?=d)/g, 'gh'],
  [/ou|oo|w/g, 'u'],
  [/q/g, 'k'],
  [/y/g, 'i'],
  [/ee/g, 'i'],
  [/(\p{L})\1+/gu, '$1'],
]

const arabicFolds: readonly (readonly [RegExp, string])[] = [
  [/\u0640/g, ''],
  [/[أإآٱ]/g, 'ا'],
  [/ة/g, 'ه'],
  [/ى/g, 'ي'],
  [/ؤ/g, 'و'],
  [/ئ/g, 'ي'],
]

/** One spelling for all that differ by habit only. Digits that stand for letters in Darija are kept: they tell words apart. */
export const foldWords = (text: string): string => {
  const bare = plainText(text).toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').normalize('NFC')
  const folded = [...latinFolds, ...arabicFolds].reduce((said, [from, to]) => said.replace(from, to), bare)
  return folded
    .replace(/[^\p{L}\p{N}:/.]+/gu, ' ')
    .replace(/\.(?!\d)|(?<!\d)\./g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}

const day = (add: number): CallbackWord => ({ is: 'day', add })
const weekday = (number: number): CallbackWord => ({ is: 'weekday', weekday: number })
const part = (which: PartOfDay): CallbackWord => ({ is: 'part', part: which })
const prayer = (which: Prayer): CallbackWord => ({ is: 'prayer', prayer: which })
const month = (number: number): CallbackWord => ({ is: 'month', month: number })
const number = (value: number): CallbackWord => ({ is: 'number', value })
const plain = (is: Plain): CallbackWord => ({ is })
const unit = (which: 'minutes' | 'hours' | 'days' | 'weeks', count?: number): CallbackWord =>
  count === undefined ? { is: 'unit', unit: which } : { is: 'unit', unit: which, count }

/** Meaning → phrases, separated by `|`. A phrase of several words wins over its parts. */
const table: readonly (readonly [CallbackWord, string])[] = [
  [day(0), "aujourd'hui|today|اليوم|ليوم|lyoum|lyum|liouma|lyouma|had nhar|had lyoum|هاد النهار|cet|cette|this"],
  [day(1), 'demain|tomorrow|tmrw|tmw|غدا|غد|غدوا|غدوة|ghedda|gheda|ghda|ghadda|ghadi ghda|gheddak|ghedwa|3edda'],
  [
    day(2),
    'après demain|apres demain|day after tomorrow|بعد غد|بعد غدا|من بعد غدا|b3d ghedda|b3d ghda|ba3d ghedda|ba3d ghda|mor ghedda|men b3d ghedda|من مور غدا',
  ],
  [weekday(1), 'lundi|monday|الاثنين|الإثنين|اثنين|التنين|تنين|لتنين|tnin|ltnin|tnayn|letnin|itnin|ttnin|nhar tnin'],
  [weekday(2), 'mardi|tuesday|tue|الثلاثاء|ثلاثاء|التلات|تلات|الثلاثا|tlat|tlata|ltlat|tleta|tlet'],
  [
    weekday(3),
    'mercredi|wednesday|wed|الأربعاء|أربعاء|الأربعا|لاربع|لاربعا|الاربع|larb3|larb3a|lareb3|larba3|arb3a|larbe3',
  ],
  [weekday(4), 'jeudi|thursday|thu|الخميس|خميس|لخميس|khmis|lkhmis|lekhmis|khemis|5mis|l5mis'],
  [weekday(5), 'vendredi|friday|fri|الجمعة|جمعة|لجمعة|jem3a|jm3a|ljem3a|ljm3a|jom3a|joumou3a|jmo3a|jam3a'],
  [weekday(6), 'samedi|saturday|sat|السبت|سبت|sebt|sbt|ssebt|lsebt|es sebt'],
  [weekday(7), 'dimanche|sunday|sun|الأحد|أحد|لحد|الحد|l7ed|l7d|7ed|lhed|l7add|el7ed'],
  [month(1), 'janvier|january|jan|يناير'],
  [month(2), 'février|february|feb|فبراير'],
  [month(3), 'mars|march|مارس'],
  [month(4), 'avril|april|apr|أبريل|ابريل'],
  [month(5), 'mai|may|ماي|مايو'],
  [month(6), 'juin|june|jun|يونيو'],
  [month(7), 'juillet|july|jul|يوليوز|يوليو'],
  [month(8), 'août|august|aug|غشت|أغسطس'],
  [month(9), 'septembre|september|sep|شتنبر|سبتمبر'],
  [month(10), 'octobre|october|oct|أكتوبر|اكتوبر'],
  [month(11), 'novembre|november|nov|نونبر|نوفمبر'],
  [month(12), 'décembre|december|dec|دجنبر|ديسمبر'],
  [
    part('morning'),
    'matin|matinée|morning|الصباح|صباح|صباحا|لصباح|sba7|sbah|ssba7|ssbah|lsba7|sbe7|fsba7|fsbah|dsba7|في الصباح|bekri|بكري|du matin',
  ],
  [part('noon'), 'midi|noon|الظهيرة|nos nhar|ns nhar|نص النهار|نصف النهار|lunchtime|à midi'],
  [part('afternoon'), 'après midi|apres midi|aprem|aprèm|afternoon|بعد الزوال|الزوال|ظهرا|b3d zwal'],
  [
    part('late_afternoon'),
    'العشية|عشية|لعشية|3chiya|l3chiya|3chia|l3chia|3shiya|l3shiya|3echiya|l3echiya|fin de journée|fin d après midi|after work|après le travail|b3d lkhdma|بعد الخدمة',
  ],
  [part('evening'), 'soir|soirée|evening|مساء|المساء|المسا|lmsa|msa'],
  [part('tonight'), 'ce soir|tonight|this evening|had lila|had l3chiya|هاد الليلة|هاد العشية|الليلة|lila'],
  [part('night'), 'nuit|night|الليل|ليل|ليلا|lil|llil|lleil'],
  [prayer('fajr'), 'fajr|lfjer|fjr|lfjr|lfajr|الفجر|فجر'],
  [prayer('dhuhr'), 'dohr|ddohr|dhor|dhohr|duhr|dhuhr|do7r|d7or|zuhr|ddhor|الظهر|ظهر|الضهر|صلاة الظهر'],
  [
    prayer('jumua'),
    'prière du vendredi|priere du vendredi|friday prayer|la prière de vendredi|صلاة الجمعة|صلاة الجمعه|slat jm3a|slat jem3a|salat jm3a|slat ljem3a|slat ljm3a|jumua|joumoua',
  ],
  [prayer('asr'), 'asr|3asr|l3asr|l3sr|3sr|la3sr|l3ser|3ser|العصر|عصر|لعصر'],
  [prayer('maghrib'), 'maghrib|lmaghrib|maghreb|lmaghreb|mghreb|lmghreb|mghrb|lmeghreb|المغرب|مغرب|لمغرب'],
  [prayer('isha'), 'isha|icha|l3icha|l3cha|3icha|3cha|l3isha|l3sha|3isha|العشاء|عشاء|العشا|لعشا'],
  [plain('in'), 'dans|in|d ici|mn daba|men daba|mn hna|men hna|من دابا|من هنا|من الآن|من دبا|خلال|within|au bout de'],
  [
    plain('after'),
    'après|after|من بعد|بعد|مور|من مور|b3d|ba3d|mn b3d|men b3d|mnb3d|mor|mn mor|men mor|mora|mn mora|wra|à partir de|from|past|ابتداء من',
  ],
  [plain('before'), 'avant|before|قبل|من قبل|قبل من|qbel|9bel|kbel|9bl|qbl|mn 9bel'],
  [plain('at'), 'à|at|vers|around|about|m3a|ma3|مع|الساعة|على|على الساعة|f|ف|في|fi|3la|f sa3a|fsa3a'],
  [plain('dayNumber'), 'le|the|on the|nhar|يوم|نهار|yum'],
  [
    plain('next'),
    'prochain|prochaine|next|الجاي|جاي|الجاية|القادم|المقبل|القادمة|المقبلة|jay|ljay|jaya|ljaya|li jay|li jaya|lli jay',
  ],
  [
    plain('nextWeek'),
    'semaine prochaine|next week|الأسبوع القادم|الأسبوع المقبل|الأسبوع الجاي|السيمانة الجاية|simana jaya|simana ljaya|simana li jaya|lsimana ljaya',
  ],
  [
    plain('vague'),
    "plus tard|later|another time|un autre jour|une autre fois|بعدين|لاحقا|شي نهار|chi nhar|b3din|chwiya|شوية|tout à l'heure|tantôt|soon|in a bit|in a while",
  ],
  [plain('now'), 'maintenant|tout de suite|now|right now|daba|دابا|الآن|asap|immédiatement|daba nit'],
  [plain('not'), "pas|sauf|jamais|not|don't|except|never|ماشي|لا|ليس|machi|mashi|bla"],
  [plain('between'), 'entre|between|بين|bin|mabin|ما بين'],
  [plain('past'), 'hier|yesterday|البارح|أمس|lbare7|lbar7|lbareh'],
  [unit('minutes'), 'minute|minutes|min|mn|mins|دقيقة|دقائق|دقايق|d9i9a|dqiqa|d9aye9|dqayq|dkika|d9ay9'],
  [
    unit('minutes', 30),
    'demi heure|demie heure|half an hour|half hour|نصف ساعة|نص ساعة|نص سوايع|ns sa3a|nos sa3a|noss sa3a',
  ],
  [unit('minutes', 15), 'quart d heure|quarter of an hour|ربع ساعة|rb3 sa3a|rob3 sa3a'],
  [unit('hours'), 'heure|heures|hour|hours|h|ساعة|ساعات|سوايع|سوايع|sa3a|sa3at|swaye3|swaya3|sway3'],
  [unit('hours', 2), 'ساعتين|ساعتان|sa3tayn|sa3tain|sa3tin|couple of hours|a couple of hours'],
  [unit('days'), 'jour|jours|day|days|أيام|ايام|iyam|ayam|yam|nharat|youm'],
  [unit('days', 2), 'يومين|يومان|youmayn|yumayn|yumin|youmin|nharayn|nharin|surlendemain'],
  [unit('weeks'), 'semaine|semaines|week|weeks|أسبوع|أسابيع|سيمانة|simana|semana|ousbou3'],
  [{ is: 'minutes', value: 30 }, 'et demi|et demie|ونص|ونصف|و نص|و نصف|w nos|w ns|o nos|unos|w noss|half'],
  [{ is: 'minutes', value: 15 }, 'et quart|وربع|و ربع|w rb3|w rob3|o rb3|urb3|u rob3'],
  [{ is: 'minutes', value: -15 }, 'moins le quart|moins quart|ila rb3|إلا ربع|غير ربع'],
  [{ is: 'half', of: 'am' }, 'am|a.m|ص'],
  [{ is: 'half', of: 'pm' }, 'pm|p.m|م'],
  [number(1), 'un|une|one|an|واحدة|الواحدة|وحدة|wa7da|lwe7da|lwa7da|wahda'],
  [number(2), 'deux|two|الثانية|جوج|juj|jouj|zouj|اثنان'],
  [number(3), 'trois|three|الثالثة|ثلاث|ثلاثة|تلاتة'],
  [number(4), 'quatre|four|الرابعة|أربع|ربعة|reb3a|rb3a'],
  [number(5), 'cinq|five|الخامسة|خمس|خمسة|khamsa|khmsa'],
  [number(6), 'six|السادسة|ست|ستة|setta|stta'],
  [number(7), 'sept|seven|السابعة|سبع|سبعة|seb3a|sb3a'],
  [number(8), 'huit|eight|الثامنة|ثمان|ثمانية|تمنية|tmnya|tmenya'],
  [number(9), 'neuf|nine|التاسعة|تسع|تسعة|tes3ud|tes3oud'],
  [number(10), 'dix|ten|العاشرة|عشر|عشرة|3chra|3achra'],
  [number(11), 'onze|eleven|الحادية عشرة|حداش|7dach'],
  [number(12), 'douze|twelve|الثانية عشرة|طناش|tnach'],
]

/** Joined to the word that follows, in both scripts: فالصباح, بالليل, fsba7, dl3chiya. */
const prefixes = /^(?:[فبلود]|[fbld]l?)(?=..)/

const longestPhrase = 5

const phrases: ReadonlyMap<string, CallbackWord> = new Map(
  // What stands first keeps its meaning: "apres" alone is a side of a time before it is a vague wish.
  [...table].reverse().flatMap(([word, forms]) => forms.split('|').map((form) => [foldWords(form), word] as const)),
)

const meaningOf = (word: string): CallbackWord | undefined =>
  phrases.get(word) ?? phrases.get(word.replace(prefixes, ''))

const clockIn = (word: string): CallbackWord[] | null => {
  const [, hour, minute, half] = /^(\d{1,2})(?:(?:h|:)(\d{2})?)?(am|pm|h)?$/.exec(word) ?? []
  if (hour === undefined || Number(hour) > 24 || Number(minute ?? 0) > 59) return null
  const clock: CallbackWord = /^\d+$/.test(word.replace(/[ap]m$/, ''))
    ? { is: 'number', value: Number(hour) }
    : { is: 'clock', hour: Number(hour), minute: Number(minute ?? 0) }
  return half === 'am' || half === 'pm' ? [clock, { is: 'half', of: half }] : [clock]
}

const amountIn = (word: string): CallbackWord[] | null => {
  const [, value, which] = /^(\d{1,3})(min|mn|mins|h|j|d)$/.exec(word) ?? []
  if (value === undefined) return null
  return [number(Number(value)), unit(which === 'h' ? 'hours' : which?.startsWith('m') ? 'minutes' : 'days')]
}

const dateIn = (word: string): CallbackWord[] | null => {
  const [, dayOfMonth, monthOfYear] = /^(\d{1,2})[/.](\d{1,2})(?:[/.]\d{2,4})?$/.exec(word) ?? []
  return dayOfMonth === undefined ? null : [{ is: 'date', day: Number(dayOfMonth), month: Number(monthOfYear) }]
}

const numberIn = (word: string): CallbackWord[] | null => {
  const [, value, ordinal] = /^(\d{1,3})(st|nd|rd|th|er|eme)?$/.exec(word) ?? []
  if (value === undefined) return null
  return ordinal === undefined ? [number(Number(value))] : [plain('dayNumber'), number(Number(value))]
}

/** The words of a text that say something of a time, in their order. What says nothing of it is left out. */
export const callbackWords = (text: string): CallbackWord[] => {
  const words = foldWords(text).split(' ')
  const found: CallbackWord[] = []
  for (let at = 0; at < words.length; ) {
    const length = phraseAt(words, at)
    const phrase = length === 0 ? undefined : meaningOf(words.slice(at, at + length).join(' '))
    const word = words[at] ?? ''
    if (phrase) found.push(phrase)
    else found.push(...(clockIn(word) ?? amountIn(word) ?? dateIn(word) ?? numberIn(word) ?? []))
    at += Math.max(1, length)
  }
  return found
}

/** How many words the longest known phrase has that begins here; 0 when none does. */
const phraseAt = (words: readonly string[], at: number): number => {
  for (let length = Math.min(longestPhrase, words.length - at); length > 0; length -= 1)
    if (meaningOf(words.slice(at, at + length).join(' '))) return length
  return 0
}
