// What /simulator/api/… speaks.

export interface Part {
  text: string
  href?: string
  // A tappable choice (weixin://bizmsgmenu): what the person says by tapping it, and the target that goes with it.
  says?: string
  menu_id?: string
}

export interface Article {
  title: string
  description: string
  picture_url: string
  url: string
}

export interface Entry {
  seq: number
  at: number // milliseconds since 1970
  from: 'person' | 'account' | 'platform'
  kind: string
  parts?: Part[]
  media_id?: string
  latitude?: number
  longitude?: number
  label?: string
  articles?: Article[]
  exchange?: number // 0 or absent: no push belongs to it
  tries?: number
  took_ms?: number
}

export interface MenuButton {
  name: string
  type?: string
  key?: string
  url?: string
  sub_button?: MenuButton[]
}

export interface Account {
  original_id: string
  app_id: string
  mode: 'plain' | 'compatible' | 'safe'
  menu: MenuButton[]
}

export interface Person {
  openid: string
  name: string
  following: boolean
  last_seq: number
}

export interface History {
  following: boolean
  typing: boolean
  waiting: number // pushes under way
  entries: Entry[]
}

export interface Delivery {
  attempt: number
  started_ms: number // since the first attempt
  took_ms: number
  query: string
  body: string
  status: number // 0: no answer
  answer: string
  clear_answer: string
  outcome: string
}

export interface Exchange {
  id: number
  at: number
  clear: string
  deliveries: Delivery[]
}
