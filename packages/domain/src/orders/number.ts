/**
 * The number of an order with its sign, as one word of a sentence. In Arabic letters a sign that stands loose before
 * digits is drawn after them, so both stand between the marks of a left-to-right isolate (U+2066, U+2069).
 */
export const orderNumberText = (number: number): string => `\u2066#${number}\u2069`
