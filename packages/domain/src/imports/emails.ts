/** The same shape that the API asks of an e-mail address. */
const email = /^[^\s@<>"(),;:\\]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,186}[A-Za-z0-9])?\.[A-Za-z]{2,63}$/

export const isEmail = (text: string): boolean => text.length <= 254 && email.test(text)
