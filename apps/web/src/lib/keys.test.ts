import { expect, test } from 'vitest'
import { createKeys, type Keys, keyName, type Level } from './keys.ts'

const pressed = (key: string, code: string, more: Partial<KeyboardEvent> = {}): KeyboardEvent =>
  ({
    key,
    code,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    timeStamp: 0,
    defaultPrevented: false,
    ...more,
  }) as KeyboardEvent

const keys = (world: { field?: boolean; control?: boolean; single?: boolean; covered?: Level } = {}): Keys =>
  createKeys({
    inField: () => world.field ?? false,
    onControl: () => world.control ?? false,
    singleKeysOn: () => world.single ?? true,
    keyboard: () => 'azerty',
    covered: () => world.covered ?? 'shell',
  })

test('a digit is a digit without Shift on AZERTY', () => {
  expect(keyName(pressed('&', 'Digit1'))).toBe('1')
})

test('a letter is what it types on a Latin layout', () => {
  expect(keyName(pressed('a', 'KeyQ'))).toBe('a')
  expect(keyName(pressed('q', 'KeyQ'), 'qwerty')).toBe('q')
})

test('under an Arabic layout a letter is the one printed on the AZERTY key', () => {
  expect(keyName(pressed('ض', 'KeyQ'))).toBe('a')
  expect(keyName(pressed('ك', 'Semicolon'))).toBe('m')
  expect(keyName(pressed('ن', 'KeyK'))).toBe('k')
})

test('Ctrl and the Mac command key are one', () => {
  expect(keyName(pressed('k', 'KeyK', { ctrlKey: true }))).toBe('mod+k')
  expect(keyName(pressed('k', 'KeyK', { metaKey: true }))).toBe('mod+k')
})

test('a key that yields is left to the button that was reached by the keyboard; others are heard there', () => {
  const heard: string[] = []
  const world = { control: true }
  const all = keys(world)
  const shortcuts = ['Enter', 'l'].map((name) => ({
    keys: name,
    yields: name === 'Enter',
    run: () => heard.push(name),
  }))
  all.add({ level: 'screen', shortcuts })
  expect(all.press(pressed('Enter', 'Enter'))).toBe(false)
  all.press(pressed('l', 'KeyL'))
  world.control = false
  expect(all.press(pressed('Enter', 'Enter'))).toBe(true)
  expect(heard).toEqual(['l', 'Enter'])
})

test('the nearest layer wins, and the one below is heard again when it has gone', () => {
  const heard: string[] = []
  const all = keys()
  all.add({ level: 'screen', shortcuts: [{ keys: 'm', run: () => heard.push('screen') }] })
  const remove = all.add({ level: 'screen', shortcuts: [{ keys: 'm', run: () => heard.push('panel') }] })
  all.press(pressed('m', 'Semicolon'))
  remove()
  all.press(pressed('m', 'Semicolon'))
  expect(heard).toEqual(['panel', 'screen'])
})

test('a screen is nearer than the shell, in whatever order they appear', () => {
  const heard: string[] = []
  const all = keys()
  all.add({ level: 'screen', shortcuts: [{ keys: '/', run: () => heard.push('screen') }] })
  all.add({ level: 'shell', shortcuts: [{ keys: '/', run: () => heard.push('shell') }] })
  all.press(pressed('/', 'Slash'))
  expect(heard).toEqual(['screen'])
})

test('under an open dialog nothing is heard but the dialog', () => {
  let confirmed = 0
  const all = keys({ covered: 'dialog' })
  all.add({ level: 'screen', shortcuts: [{ keys: 'm', run: () => expect.unreachable() }] })
  all.add({ level: 'dialog', shortcuts: [{ keys: '1', run: () => (confirmed += 1) }] })
  expect(all.press(pressed('m', 'Semicolon'))).toBe(false)
  expect(all.press(pressed('&', 'Digit1'))).toBe(true)
  expect(confirmed).toBe(1)
})

test('inside a field letters are typed, and combinations still work', () => {
  let opened = 0
  const all = keys({ field: true })
  all.add({
    level: 'screen',
    shortcuts: [
      { keys: 'o', run: () => expect.unreachable() },
      { keys: 'mod+k', run: () => (opened += 1) },
    ],
  })
  expect(all.press(pressed('o', 'KeyO'))).toBe(false)
  expect(all.press(pressed('k', 'KeyK', { ctrlKey: true }))).toBe(true)
  expect(opened).toBe(1)
})

test('single keys can be switched off', () => {
  const all = keys({ single: false })
  all.add({ level: 'screen', shortcuts: [{ keys: 'o', run: () => expect.unreachable() }] })
  expect(all.press(pressed('o', 'KeyO'))).toBe(false)
})

test('two keys in a row are one shortcut, unless the second comes too late', () => {
  const heard: string[] = []
  const all = keys()
  all.add({ level: 'screen', shortcuts: [{ keys: 'g 1', run: () => heard.push('view') }] })
  all.press(pressed('g', 'KeyG', { timeStamp: 0 }))
  all.press(pressed('&', 'Digit1', { timeStamp: 400 }))
  all.press(pressed('g', 'KeyG', { timeStamp: 5000 }))
  all.press(pressed('&', 'Digit1', { timeStamp: 9000 }))
  expect(heard).toEqual(['view'])
})

test('the sheet lists each key once, the nearest meaning first', () => {
  const all = keys()
  const run = (): void => undefined
  all.add({
    level: 'screen',
    shortcuts: [
      { keys: 'm', label: 'below', run },
      { keys: 'o', label: 'new', run },
    ],
  })
  all.add({
    level: 'screen',
    shortcuts: [
      { keys: 'm', label: 'above', run },
      { keys: 'x', run },
    ],
  })
  expect(all.listed()).toEqual([
    { keys: 'm', label: 'above' },
    { keys: 'o', label: 'new' },
  ])
})

test('a key that its part listens to by itself is listed, and is not heard here', () => {
  const all = keys()
  all.add({ level: 'screen', shortcuts: [{ keys: 'Space', label: 'Lift' }] })
  expect(all.listed()).toEqual([{ keys: 'Space', label: 'Lift' }])
  expect(all.press(pressed(' ', 'Space'))).toBe(false)
})
