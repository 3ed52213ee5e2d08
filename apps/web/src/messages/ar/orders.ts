import { messages as board } from './orders/board.ts'
import { messages as form } from './orders/form.ts'
import { messages as many } from './orders/many.ts'
import { messages as panel } from './orders/panel.ts'
import { messages as states } from './orders/states.ts'

/** The words of orders, by the part of the screens that says them. */
export const messages = { ...board, ...form, ...many, ...panel, ...states }
