// Three text sizes, remembered on this phone. WeChat's own 关怀模式 is about as large as the largest.
import { ref, watchEffect } from 'vue'

export const sizes = [
  { id: 'normal', label: '标准' },
  { id: 'large', label: '大' },
  { id: 'huge', label: '特大' },
] as const

type Size = (typeof sizes)[number]['id']

function remembered(): Size {
  try {
    const found = sizes.find((one) => one.id === localStorage.getItem('hejie.size'))
    return found?.id ?? 'normal'
  } catch {
    return 'normal' // storage may be switched off
  }
}

export const size = ref<Size>(remembered())

watchEffect(() => {
  document.documentElement.dataset.size = size.value
  try {
    localStorage.setItem('hejie.size', size.value)
  } catch {
    // the choice then holds for this visit only
  }
})
