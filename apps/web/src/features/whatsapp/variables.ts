import { placesIn, type TemplateField, templateFields } from '@sendocki/domain/whatsapp/variables'

/** The values of the variables that a text has, in their order; a new one begins with the next field. */
export const variablesFor = (body: string, variables: readonly TemplateField[]): TemplateField[] =>
  placesIn(body).map((_place, index) => variables[index] ?? templateFields[index % templateFields.length] ?? 'shop')
