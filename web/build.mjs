// Builds every page (a folder with an index.html) into OUT/<page>/.  node build.mjs OUT
import { existsSync, readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const here = fileURLToPath(new URL('.', import.meta.url))
const out = resolve(process.argv[2] ?? 'dist')
const pages = readdirSync(here, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'without-npm')
  .map((entry) => entry.name)
  .filter((name) => existsSync(resolve(here, name, 'index.html')))

for (const page of pages) {
  await build({
    configFile: resolve(here, 'vite.config.ts'),
    mode: page,
    logLevel: 'warn',
    build: { outDir: resolve(out, page) },
  })
}
