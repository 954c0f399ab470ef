// A newcomer on the chat page: follows, files a dispute by tapping and typing, sends a picture and a place, uses the
// menu, and looks at the raw exchange. Any error of the page, any request to elsewhere and any accessibility finding
// fails it.

import assert from 'node:assert/strict'
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { startBrowser } from './browser.mjs'
import { startServer } from './server.mjs'

const shots = process.env.SHOTS ?? 'shots'
mkdirSync(shots, { recursive: true })
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

// A small picture, drawn by the page's own canvas.
async function drawnPicture(page) {
  const address = await page.evaluate(() => {
    const canvas = document.createElement('canvas')
    canvas.width = 900
    canvas.height = 1200
    const pen = canvas.getContext('2d')
    pen.fillStyle = '#e9e4da'
    pen.fillRect(0, 0, 900, 1200)
    for (let n = 0; n < 40; ++n) {
      pen.fillStyle = `rgba(122, 96, 58, ${0.05 + (n % 7) * 0.02})`
      pen.beginPath()
      pen.ellipse(450 + 160 * Math.sin(n * 2.4), 420 + 190 * Math.cos(n * 1.7), 210 - n * 3, 150 - n * 2, n, 0, 7)
      pen.fill()
    }
    pen.fillStyle = '#8fb3c7'
    for (let n = 0; n < 9; ++n) pen.fillRect(330 + n * 31, 620 + (n % 3) * 90, 5, 60)
    return canvas.toDataURL('image/png')
  })
  return Buffer.from(address.split(',')[1], 'base64')
}

class Chat {
  constructor(page) {
    this.page = page
    this.log = page.getByRole('log')
  }
  answers() {
    return this.log.locator('article:not(.mine) .bubble')
  }
  // Waits for one more answer of the account after doing something.
  async answerAfter(doing) {
    const before = await this.answers().count()
    await doing()
    await this.answers().nth(before).waitFor({ timeout: 15_000 })
    return (await this.answers().nth(before).innerText()).trim()
  }
  async say(text) {
    const keyboard = this.page.getByRole('button', { name: '打字' })
    if (await keyboard.isVisible()) await keyboard.click()
    await this.page.getByLabel('输入消息').fill(text)
    return this.answerAfter(() => this.page.getByRole('button', { name: '发送' }).click())
  }
  tap(label) {
    return this.answerAfter(() => this.answers().last().getByRole('button', { name: label, exact: true }).click())
  }
  async plus() {
    const keyboard = this.page.getByRole('button', { name: '打字' })
    if (await keyboard.isVisible()) await keyboard.click()
    await this.page.getByRole('button', { name: '更多' }).click()
  }
  async sendPicture() {
    const buffer = await drawnPicture(this.page)
    await this.plus()
    return this.answerAfter(() =>
      this.page.getByLabel('照片').setInputFiles({ name: 'ceiling.png', mimeType: 'image/png', buffer }),
    )
  }
  async sendPlace(name) {
    await this.plus()
    await this.page.getByRole('button', { name: '位置' }).click()
    return this.answerAfter(() => this.page.getByRole('button', { name }).first().click())
  }
  async menu(top, sub) {
    const open = this.page.getByRole('button', { name: '打开服务菜单' })
    if (await open.isVisible()) await open.click()
    await this.page.getByRole('navigation').getByRole('button', { name: top }).click()
    return this.answerAfter(() => this.page.getByRole('navigation').getByRole('button', { name: sub }).click())
  }
  shot(name) {
    return this.page.screenshot({ path: join(shots, `${name}.png`) })
  }
}

async function accessible(page, where) {
  await page.evaluate(axe)
  const { violations } = await page.evaluate(() => globalThis.axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa'] }))
  const found = violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' | ')}`)
  assert.deepEqual(found, [], `accessibility ${where}`)
}

async function newcomer(chat) {
  const { page } = chat
  await page.getByRole('heading', { name: '矛调在线（演示）' }).first().waitFor()
  await chat.shot('1-account')
  await accessible(page, 'of the account card')
  const welcome = chat.answers().first()
  await page.getByRole('button', { name: '关注公众号', exact: true }).click()
  await welcome.waitFor({ timeout: 15_000 })
  assert.match(await welcome.innerText(), /法律咨询/)
  await chat.shot('2-followed')
}

async function filing(chat) {
  const { page } = chat
  const first = await chat.say('楼上漏水把我家天花板泡坏了')
  assert.ok(first.length > 0)
  await chat.shot('3-said')
  // Whatever is offered first leads to the privacy notice within a few taps.
  let asked = first
  for (let n = 0; n < 4 && !/同意/.test(asked); ++n)
    asked = await chat.answerAfter(() => chat.answers().last().getByRole('button').first().click())
  assert.match(asked, /同意/)
  await chat.shot('4-consent')
  asked = await chat.tap('同意')
  for (let n = 0; n < 3 && /同意/.test(asked); ++n)
    asked = await chat.answerAfter(() => chat.answers().last().getByRole('button').first().click())
  assert.doesNotMatch(asked, /您同意/)
  await accessible(page, 'of the chat')
  const raw = page.getByRole('complementary', { name: '原始报文' })
  await chat.log.getByRole('button', { name: /原始报文 ·/ }).last().click()
  await raw.getByText('第 1 次推送').waitFor()
  await page.mouse.move(0, 0)
  await chat.shot('5-after-consent')
  await raw.getByRole('button', { name: '关闭' }).click()
}

async function pictureAndPlace(chat) {
  await chat.sendPicture()
  const picture = chat.log.locator('.mine .picture img').last()
  assert.ok(await picture.evaluate((image) => image.decode().then(() => image.naturalWidth > 0)))
  await chat.sendPlace('南汇街道')
  assert.match(await chat.log.locator('.mine .place').last().innerText(), /南汇街道开源社区/)
  await chat.shot('6-picture-and-place')
}

async function menuAndRaw(chat) {
  const { page } = chat
  assert.match(await chat.menu('法律咨询', '问法律'), /12348|法律/)
  assert.ok((await chat.log.getByText('你点击了菜单「问法律」').count()) > 0)
  await chat.log.getByRole('button', { name: /原始报文 ·/ }).last().click()
  const raw = page.getByRole('complementary', { name: '原始报文' })
  await raw.getByText('第 1 次推送').waitFor()
  const text = await raw.innerText()
  assert.match(text, /<Event><!\[CDATA\[CLICK\]\]><\/Event>/)
  assert.match(text, /msg_signature/)
  assert.match(text, /已回复 · \d+ 毫秒/)
  await raw.getByText('网络上传输的请求').click()
  assert.match(await raw.locator('details[open] pre').first().innerText(), /<Encrypt>/)
  await accessible(page, 'with the raw exchange')
  await chat.shot('7-raw')
}

async function onAPhone(chat) {
  const { page } = chat
  await page.setViewportSize({ width: 390, height: 844 })
  await page.keyboard.press('Escape')
  await chat.shot('8-phone')
  const wide = await page.evaluate(() => document.documentElement.scrollWidth)
  assert.ok(wide <= 390, `the page is ${wide} wide on a phone of 390`)
  await page.getByRole('button', { name: '演示居民与设置' }).first().click()
  await page.getByRole('button', { name: '特大' }).click()
  await page.getByRole('button', { name: '返回会话' }).click()
  await chat.shot('9-phone-huge')
  await accessible(page, 'on a phone with huge text')
  await page.getByRole('button', { name: '演示居民与设置' }).first().click()
  await page.getByRole('button', { name: '标准' }).click()
  await page.getByRole('button', { name: /李师傅/ }).click()
  await page.getByRole('button', { name: '关注公众号', exact: true }).waitFor()
  await chat.shot('10-another')
}

async function walk(server, browser) {
  const page = await browser.context.newPage()
  const troubles = []
  page.on('pageerror', (error) => troubles.push(String(error)))
  page.on('console', (line) => line.type() === 'error' && troubles.push(line.text()))
  page.on('request', (request) => {
    const to = request.url()
    if (!to.startsWith(server.url) && !to.startsWith('blob:') && !to.startsWith('data:')) troubles.push(`asks ${to}`)
  })
  await page.goto(server.url + '/simulator/')
  const chat = new Chat(page)
  try {
    for (const step of [newcomer, filing, pictureAndPlace, menuAndRaw, onAPhone]) {
      await step(chat)
      console.log(`ok ${step.name}`)
    }
    assert.deepEqual(troubles, [])
  } catch (trouble) {
    await chat.shot('failed')
    if (troubles.length) console.error(troubles.join('\n'))
    throw trouble
  }
}

const server = await startServer()
try {
  const browser = await startBrowser()
  try {
    await walk(server, browser)
  } finally {
    await browser.stop()
  }
} catch (trouble) {
  console.error(server.log?.().slice(-3000) ?? '')
  throw trouble
} finally {
  await server.stop()
}
