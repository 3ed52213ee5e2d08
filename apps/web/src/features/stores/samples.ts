export const sampleLanguages = ['html', 'php', 'node', 'curl'] as const
export type SampleLanguage = (typeof sampleLanguages)[number]

const order = `{"external_id":"LP-1001","customer":{"name":"Salma Alami","phone":"0612345678","city":"Casablanca","address":"Maârif, 12 rue Exemple"},"items":[{"sku":"LAMP-N","name":"Lampe solaire","quantity":1,"unit_price":"219.00"}],"shipping_fee":"30.00","total":"249.00"}`

/**
 * Code that is ready to paste: a page's form, the page's own server that signs what the form sent, and one signed order
 * from a terminal. The secret never stands in the page.
 */
export const sampleOf = (language: SampleLanguage, url: string, secret: string): string => {
  switch (language) {
    case 'html':
      return html
    case 'php':
      return php(url, secret)
    case 'node':
      return node(url, secret)
    case 'curl':
      return `BODY='${order}'
T=$(date +%s)
V1=$(printf '%s.%s' "$T" "$BODY" | openssl dgst -sha256 -hmac '${secret}' -hex | sed 's/^.* //')
curl -X POST '${url}' \\
  -H 'Content-Type: application/json' \\
  -H "X-Signature: t=$T,v1=$V1" \\
  -d "$BODY"`
  }
}

const html = `<form id="commande">
  <input name="name" autocomplete="name" required>
  <input name="phone" type="tel" autocomplete="tel" required>
  <input name="city" required>
  <input name="address">
  <input name="quantity" type="number" value="1" min="1">
  <button>Commander</button>
  <p role="status"></p>
</form>
<script>
  const form = document.getElementById('commande')
  // The same order keeps its number when the button is pressed twice.
  const id = 'LP-' + crypto.randomUUID()
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    const said = form.querySelector('[role=status]')
    const answer = await fetch('/commande', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ id, ...Object.fromEntries(new FormData(form)) }),
    }).catch(() => null)
    said.textContent = answer && answer.ok ? 'Merci' : 'Réessayez'
  })
</script>`

const php = (url: string, secret: string): string => `<?php // commande.php
$sent = json_decode(file_get_contents('php://input'), true);
$quantity = max(1, (int) ($sent['quantity'] ?? 1));
$price = 219.00; // The price is yours to say, not the page's.
$shipping = 30.00;
$body = json_encode([
  'external_id' => $sent['id'],
  'customer' => [
    'name' => $sent['name'], 'phone' => $sent['phone'],
    'city' => $sent['city'], 'address' => $sent['address'] ?? '',
  ],
  'items' => [['sku' => 'LAMP-N', 'name' => 'Lampe solaire', 'quantity' => $quantity, 'unit_price' => number_format($price, 2, '.', '')]],
  'shipping_fee' => number_format($shipping, 2, '.', ''),
  'total' => number_format($price * $quantity + $shipping, 2, '.', ''),
]);
$t = time();
$v1 = hash_hmac('sha256', "$t.$body", '${secret}');
$ch = curl_init('${url}');
curl_setopt_array($ch, [
  CURLOPT_POST => true,
  CURLOPT_POSTFIELDS => $body,
  CURLOPT_HTTPHEADER => ['Content-Type: application/json', "X-Signature: t=$t,v1=$v1"],
  CURLOPT_RETURNTRANSFER => true,
  CURLOPT_TIMEOUT => 20,
]);
curl_exec($ch);
http_response_code(curl_getinfo($ch, CURLINFO_RESPONSE_CODE) === 200 ? 200 : 502);`

const node = (url: string, secret: string): string => `// commande.mjs
import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'

const price = 219 // The price is yours to say, not the page's.
const shipping = 30

const send = async (sent) => {
  const quantity = Math.max(1, Number(sent.quantity) || 1)
  const body = JSON.stringify({
    external_id: sent.id,
    customer: { name: sent.name, phone: sent.phone, city: sent.city, address: sent.address },
    items: [{ sku: 'LAMP-N', name: 'Lampe solaire', quantity, unit_price: price.toFixed(2) }],
    shipping_fee: shipping.toFixed(2),
    total: (price * quantity + shipping).toFixed(2),
  })
  const t = Math.floor(Date.now() / 1000)
  const v1 = createHmac('sha256', '${secret}').update(\`\${t}.\${body}\`).digest('hex')
  const answer = await fetch('${url}', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Signature': \`t=\${t},v1=\${v1}\` },
    body,
  })
  return answer.ok
}

createServer(async (request, response) => {
  let text = ''
  for await (const part of request) text += part
  const ok = await send(JSON.parse(text)).catch(() => false)
  response.writeHead(ok ? 200 : 502).end()
}).listen(process.env.PORT ?? 8080)`
