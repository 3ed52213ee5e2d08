/** What the script writes in the sheet. */
export interface SheetWords {
  readonly column: string
  readonly menu: string
  readonly sent: string
  readonly waiting: string
  readonly refused: string
  readonly unreadable: string
  readonly lacks: string
  readonly total: string
  readonly heading: string
}

export interface SheetScript {
  readonly url: string
  readonly secret: string
  readonly words: SheetWords
}

/**
 * The Apps Script that a merchant pastes into their sheet: each row is an order, sent signed to the generic hook when it
 * is complete, when it changed, and again until it was taken. A row keeps an id of its own, so that sorting, inserting
 * and copying rows doubles nothing. Source: integrations.md 3.6.
 */
export const sheetScript = ({ url, secret, words }: SheetScript): string => `const HOOK_URL = ${JSON.stringify(url)};
const SECRET = ${JSON.stringify(secret)};
const WORDS = ${JSON.stringify(words, null, 2)};
${body}`

const body = String.raw`
// Headings by which a column is known, in any of three languages.
const COLUMNS = {
  reference: /^(r[ée]f[ée]rence|ref|n°|commande|order|المرجع|رقم الطلب)$/i,
  name: /^(nom|client|nom complet|nom et pr[ée]nom|name|full name|customer|الاسم|الإسم|الزبون)$/i,
  phone: /^(t[ée]l[ée]?phone|t[ée]l|gsm|phone|mobile|whatsapp|الهاتف|رقم الهاتف)$/i,
  phone2: /^(t[ée]l[ée]?phone 2|phone 2|الهاتف 2)$/i,
  city: /^(ville|city|المدينة)$/i,
  address: /^(adresse|address|العنوان)$/i,
  sku: /^(sku|r[ée]f produit|رمز المنتج)$/i,
  product: /^(produit|article|product|item|المنتج)$/i,
  quantity: /^(quantit[ée]|qt[ée]|quantity|qty|الكمية)$/i,
  price: /^(prix|prix unitaire|price|unit price|الثمن|السعر)$/i,
  shipping: /^(livraison|frais de livraison|shipping|التوصيل)$/i,
  total: /^(total|montant|amount|المجموع|المبلغ)$/i,
  note: /^(note|remarque|commentaire|ملاحظة)$/i,
};
const ID_COLUMN = 'Sendocki ID';
const FORMULA_ERROR = /^#(REF!|N\/A|VALUE!|NAME\?|DIV\/0!|ERROR!|NUM!|NULL!)/;

// Run once: it asks for permission, then sends by itself.
function installSendocki() {
  const sheet = SpreadsheetApp.getActiveSpreadsheet();
  ScriptApp.getProjectTriggers().forEach((trigger) => ScriptApp.deleteTrigger(trigger));
  ScriptApp.newTrigger('sendockiEdited').forSpreadsheet(sheet).onEdit().create();
  ScriptApp.newTrigger('sendockiChanged').forSpreadsheet(sheet).onChange().create();
  ScriptApp.newTrigger('sendockiEveryFiveMinutes').timeBased().everyMinutes(5).create();
  PropertiesService.getDocumentProperties().setProperty('sendockiSheet', String(sheet.getActiveSheet().getSheetId()));
  sendRows(false);
}

function onOpen() {
  SpreadsheetApp.getUi().createMenu('Sendocki').addItem(WORDS.menu, 'sendockiEveryFiveMinutes').addToUi();
}

// A row that somebody is still typing waits for its phone; after five minutes it goes as it is.
function sendockiEdited() { sendRows(true); }
function sendockiChanged() { sendRows(true); }
function sendockiEveryFiveMinutes() { sendRows(false); }

function sendRows(whileTyping) {
  const lock = LockService.getDocumentLock();
  if (!lock.tryLock(20000)) return;
  try {
    const sheet = orderSheet();
    const table = sheet && readTable(sheet);
    if (table) sendTable(sheet, table, whileTyping);
  } finally {
    lock.releaseLock();
  }
}

// The sheet on which the script was installed, whichever is looked at now.
function orderSheet() {
  const id = PropertiesService.getDocumentProperties().getProperty('sendockiSheet');
  return SpreadsheetApp.getActiveSpreadsheet().getSheets().find((sheet) => String(sheet.getSheetId()) === id);
}

function readTable(sheet) {
  if (sheet.getLastRow() < 1) return null;
  const headings = sheet.getRange(1, 1, 1, Math.max(1, sheet.getLastColumn())).getDisplayValues()[0].map((text) => text.trim());
  const at = {};
  for (const [name, pattern] of Object.entries(COLUMNS)) at[name] = headings.findIndex((text) => pattern.test(text));
  const own = (heading) => {
    const found = headings.indexOf(heading);
    if (found >= 0) return found;
    headings.push(heading);
    sheet.getRange(1, headings.length).setValue(heading);
    return headings.length - 1;
  };
  at.status = own(WORDS.column);
  at.id = own(ID_COLUMN);
  if (at.total < 0 && at.price < 0) {
    sheet.getRange(2, at.status + 1).setValue(WORDS.heading);
    return null;
  }
  const count = sheet.getLastRow() - 1;
  if (count < 1) return { at, shown: [], values: [] };
  const range = sheet.getRange(2, 1, count, headings.length);
  return { at, shown: range.getDisplayValues(), values: range.getValues() };
}

function sendTable(sheet, table, whileTyping) {
  const seen = {};
  // A turn is given six minutes; what is left goes with the next one.
  const until = Date.now() + 240000;
  for (let index = 0; index < table.shown.length && Date.now() < until; index++)
    // A wrong address or secret is wrong for every row: the next turn tries again.
    if (sendRow(sheet, table, index, seen, whileTyping) === 'refused') return;
}

function sendRow(sheet, { at, shown, values }, index, seen, whileTyping) {
  const row = shown[index];
  const cell = (name) => (at[name] < 0 || FORMULA_ERROR.test(row[at[name]]) ? '' : String(row[at[name]]).trim());
  if (Object.keys(COLUMNS).every((name) => cell(name) === '')) return 'empty';
  const write = (column, text) => sheet.getRange(index + 2, column + 1).setValue(text);
  // The id of a row that was copied belongs to the first of the two; the mark says which version was sent.
  let [id, mark] = cell('id').split(' ');
  if (id && seen[id]) id = mark = '';
  if (id) seen[id] = true;
  const order = orderOf(cell, (name) => (at[name] < 0 ? '' : values[index][at[name]]));
  if (order.total === null) {
    write(at.status, WORDS.lacks + ' ' + WORDS.total);
    return 'incomplete';
  }
  const now = fingerprint(JSON.stringify(order));
  if (id && mark === now) return 'unchanged';
  if (whileTyping && cell('phone') === '') return 'typing';
  if (!id) {
    id = Utilities.getUuid();
    seen[id] = true;
    write(at.id, id);
  }
  const answer = deliver(Object.assign({ external_id: id }, order));
  if (answer === 'sent' || answer === 'unreadable') write(at.id, id + ' ' + now);
  write(at.status, answer === 'sent' ? WORDS.sent + ' ' + time() : WORDS[answer]);
  return answer;
}

function orderOf(cell, value) {
  const quantity = Math.max(1, Math.round(amount(value('quantity'))) || 1);
  const price = amount(value('price'));
  const shipping = amount(value('shipping'));
  const total = cell('total') !== '' ? amount(value('total')) : price === null ? null : price * quantity + (shipping || 0);
  const unit = price !== null ? price : total === null ? 0 : (total - (shipping || 0)) / quantity;
  const order = {
    customer: { name: cell('name'), phone: phone(cell('phone')), city: cell('city'), address: cell('address') },
    items: [{ sku: cell('sku'), name: cell('product') || cell('sku') || '?', quantity, unit_price: unit.toFixed(2) }],
    shipping_fee: (shipping || 0).toFixed(2),
    total: total === null ? null : total.toFixed(2),
    note: cell('note'),
    source: 'google-sheets',
  };
  if (cell('reference')) order.reference = cell('reference');
  if (cell('phone2')) order.customer.alternate_phone = phone(cell('phone2'));
  return order;
}

// A sheet takes the leading zero of a phone away.
function phone(text) {
  return /^[5-8]\d{8}$/.test(text) ? '0' + text : text;
}

// A number, or a text such as "1 249,50 DH"; null when there is none.
function amount(value) {
  if (typeof value === 'number') return value;
  const text = String(value).replace(/[٠-٩]/g, (digit) => '٠١٢٣٤٥٦٧٨٩'.indexOf(digit)).replace(/٫/g, '.');
  const number = text.replace(/[^\d,.-]/g, '').replace(/[,.](?=\d{3}(\D|$))/g, '').replace(',', '.');
  return number === '' || isNaN(Number(number)) ? null : Number(number);
}

function deliver(order) {
  const text = JSON.stringify(order);
  const seconds = Math.floor(Date.now() / 1000);
  const signature = hex(Utilities.computeHmacSha256Signature(seconds + '.' + text, SECRET, Utilities.Charset.UTF_8));
  try {
    const answer = UrlFetchApp.fetch(HOOK_URL, {
      method: 'post',
      contentType: 'application/json',
      payload: text,
      headers: { 'X-Signature': 't=' + seconds + ',v1=' + signature },
      muteHttpExceptions: true,
    });
    const code = answer.getResponseCode();
    if (code === 200) return 'sent';
    if (code === 401) return 'refused';
    return code < 500 && code !== 408 && code !== 429 ? 'unreadable' : 'waiting';
  } catch (error) {
    // No way to the address: the next turn tries again.
    return 'waiting';
  }
}

function fingerprint(text) {
  return hex(Utilities.computeDigest(Utilities.DigestAlgorithm.SHA_256, text, Utilities.Charset.UTF_8)).slice(0, 16);
}

// Apps Script counts bytes from -128 to 127.
function hex(bytes) {
  return bytes.map((byte) => ((byte + 256) % 256).toString(16).padStart(2, '0')).join('');
}

function time() {
  return Utilities.formatDate(new Date(), SpreadsheetApp.getActiveSpreadsheet().getSpreadsheetTimeZone(), 'dd/MM HH:mm');
}
`
