export const sampleLanguages = ['curl', 'php', 'javascript'] as const
export type SampleLanguage = (typeof sampleLanguages)[number]

const order = `{"external_id":"LP-1001","customer":{"name":"Salma Alami","phone":"0612345678","city":"Casablanca","address":"Maârif, 12 rue Exemple"},"items":[{"sku":"LAMP-N","name":"Lampe solaire","quantity":1,"unit_price":"219.00"}],"shipping_fee":"30.00","total":"249.00"}`

/** Code that sends one signed order: what a landing page's server needs, ready to paste. */
export const sampleOf = (language: SampleLanguage, url: string, secret: string): string => {
  switch (language) {
    case 'curl':
      return `BODY='${order}'
T=$(date +%s)
V1=$(printf '%s.%s' "$T" "$BODY" | openssl dgst -sha256 -hmac '${secret}' -hex | sed 's/^.* //')
curl -X POST '${url}' \\
  -H 'Content-Type: application/json' \\
  -H "X-Signature: t=$T,v1=$V1" \\
  -d "$BODY"`
    case 'php':
      return `<?php
$body = '${order}';
$t = time();
$v1 = hash_hmac('sha256', "$t.$body", '${secret}');
$ch = curl_init('${url}');
curl_setopt_array($ch, [
  CURLOPT_POST => true,
  CURLOPT_POSTFIELDS => $body,
  CURLOPT_HTTPHEADER => ['Content-Type: application/json', "X-Signature: t=$t,v1=$v1"],
]);
curl_exec($ch);`
    case 'javascript':
      return `import { createHmac } from 'node:crypto'

const body = JSON.stringify(${order})
const t = Math.floor(Date.now() / 1000)
const v1 = createHmac('sha256', '${secret}').update(\`\${t}.\${body}\`).digest('hex')
await fetch('${url}', {
  method: 'POST',
  headers: { 'Content-Type': 'application/json', 'X-Signature': \`t=\${t},v1=\${v1}\` },
  body,
})`
  }
}
