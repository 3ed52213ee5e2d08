import { defineConfig } from 'drizzle-kit'

// drizzle-kit is the one tool that asks for a default export.
export default defineConfig({
  dialect: 'postgresql',
  schema: './apps/api/src/db/schema/*.ts',
  out: './apps/api/src/db/migrations',
  casing: 'snake_case',
})
