// Indents the platform's XML for reading. Text and CDATA stay as they are; what is no XML is given back unchanged.

const token = /<!\[CDATA\[[\s\S]*?\]\]>|<\/[^>]+>|<[^>]+>|[^<]+/g

export function pretty(source: string): string {
  if (!source.trimStart().startsWith('<')) return source
  const lines: string[] = []
  let depth = 0
  let line = ''
  for (const piece of source.match(token) ?? []) {
    if (piece.startsWith('</')) {
      depth = Math.max(0, depth - 1)
      if (line) lines.push(line + piece)
      else lines.push('  '.repeat(depth) + piece)
      line = ''
    } else if (piece.startsWith('<') && !piece.startsWith('<![CDATA[')) {
      if (line) lines.push(line)
      line = '  '.repeat(depth) + piece
      if (!piece.endsWith('/>')) depth += 1
    } else if (line || piece.trim()) {
      line += piece
    }
  }
  if (line) lines.push(line)
  return lines.join('\n')
}
