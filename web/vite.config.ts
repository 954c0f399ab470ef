// One page a run: `vite --mode simulator` serves web/simulator at /simulator/. build.mjs runs it for every page, so that
// each page's files lie below its own path and none needs another's.
import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

export default defineConfig(({ mode }) => {
  const page = mode === 'development' || mode === 'production' ? 'simulator' : mode
  return {
    root: fileURLToPath(new URL(page, import.meta.url)),
    base: `/${page}/`,
    plugins: [vue()],
    define: { 'process.env.NODE_ENV': JSON.stringify('production') },
    build: {
      // WeChat's web view on phones of 2018 and later.
      target: 'es2020',
      // The policy is default-src 'self': nothing may be inlined as a data address.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      emptyOutDir: true,
    },
    server: { proxy: { '/simulator/api': process.env.HEJIE_SERVER ?? 'http://127.0.0.1:8080' } },
  }
})
