export { type LineLink, type LinkedLine, type LineToLink, linkLines, nameLines } from './linking.commands.ts'
export { productsJobs } from './products.jobs.ts'
export { productsRoutes } from './products.routes.ts'
export { shopProductsRoutes } from './review.routes.ts'
