/** One signed delivery from a terminal, ready to paste; the secret is put in its place by whoever has it. */
export const pbxSample = (
  url: string,
  secret: string,
): string => `BODY='{"callId":"1001","event":"started","from":"0612345678","agent":"amina@boutique.ma"}'
T=$(date +%s)
V1=$(printf '%s.%s' "$T" "$BODY" | openssl dgst -sha256 -hmac '${secret}' -hex | sed 's/^.* //')
curl -X POST '${url}' \\
  -H 'Content-Type: application/json' \\
  -H "X-Signature: t=$T,v1=$V1" \\
  -d "$BODY"`
