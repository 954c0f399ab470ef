// Takes out of the lock files what npm writes beside versions and hashes: sponsors' pages and download addresses.
// Run after every change of a dependency: node strip-lock.mjs package-lock.json
import { readFileSync, writeFileSync } from 'node:fs'

for (const file of process.argv.slice(2)) {
  const lock = JSON.parse(readFileSync(file, 'utf8'))
  for (const entry of Object.values(lock.packages)) {
    delete entry.funding
    delete entry.resolved
  }
  writeFileSync(file, JSON.stringify(lock, null, 2) + '\n')
}
