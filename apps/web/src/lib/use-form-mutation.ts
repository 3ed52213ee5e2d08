import { ApiProblem } from '@sendocki/client/problem'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { fieldErrors } from './problem.ts'

/** What this needs of a `useForm` of @mantine/form. */
interface Form<Values> {
  readonly getValues: () => Values
  readonly setErrors: (errors: Record<string, string>) => void
  readonly validate: () => { readonly hasErrors: boolean; readonly errors: Record<string, unknown> }
  readonly getInputNode: (path: string) => HTMLElement | null
}

interface Options<Values, Answer> {
  readonly form: Form<Values>
  readonly send: (values: Values) => Promise<Answer>
  readonly onDone: (answer: Answer, values: Values) => void | Promise<void>
  /** Fields that a refusal is about although the API names none: `{ 'auth.wrong_password': 'currentPassword' }`. */
  readonly fieldOf?: Readonly<Record<string, string>>
  readonly textOf: (problem: ApiProblem) => string
}

/**
 * Checks a form, sends it once, and puts what the API refuses beside its field; the focus goes to the first. What no
 * field can tell is `problem`, for the sentence above the form.
 */
export const useFormMutation = <Values extends object, Answer>({
  form,
  send,
  onDone,
  fieldOf = {},
  textOf,
}: Options<Values, Answer>) => {
  const [problem, setProblem] = useState<unknown>(null)

  const showErrors = (errors: Record<string, string>): void => {
    form.setErrors(errors)
    const [first] = Object.keys(errors)
    if (first) form.getInputNode(first)?.focus()
  }
  const onRefused = (error: unknown): void => {
    const own = error instanceof ApiProblem ? fieldOf[error.code] : undefined
    const errors =
      own && error instanceof ApiProblem ? { [own]: textOf(error) } : fieldErrors(error, Object.keys(form.getValues()))
    if (errors) showErrors(errors)
    else setProblem(error)
  }
  const mutation = useMutation({ mutationFn: send, onError: onRefused, onSuccess: onDone })

  const submit = (event?: { preventDefault: () => void }): void => {
    event?.preventDefault()
    if (mutation.isPending) return
    setProblem(null)
    const { hasErrors, errors } = form.validate()
    if (!hasErrors) mutation.mutate(form.getValues())
    else form.getInputNode(Object.keys(errors)[0] ?? '')?.focus()
  }
  return { submit, problem, pending: mutation.isPending }
}
