/*
 * Characters, not bytes: Arabic and emoji count as what they look like. Apart from the schemas, so that the sign-in page
 * can say it without loading them. Source: product.md 14.
 */
export const passwordLengthMin = 12
export const passwordLengthMax = 128
