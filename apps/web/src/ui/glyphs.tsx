import type { ReactNode } from 'react'

// Drawings of 16 × 16. `behind` is the colour of the surface on which the glyph lies.
const behind = 'var(--glyph-behind, var(--surface))'
const ring = <circle cx="8" cy="8" r="6.25" fill="none" stroke="currentColor" strokeWidth="1.5" />
const disc = <circle cx="8" cy="8" r="7" fill="currentColor" />
const pie = (path: string) => <path d={path} fill="currentColor" />
const sign = (path: string) => (
  <path d={path} fill="none" stroke={behind} strokeWidth="1.6" strokeLinecap="round" strokeLinejoin="round" />
)

/** By state of an order; `none` for a stage without a state. */
const states: Record<string, ReactNode> = {
  new: <circle cx="8" cy="8" r="6.25" fill="none" stroke="currentColor" strokeWidth="1.5" strokeDasharray="2.4 1.53" />,
  unreachable: (
    <>
      {ring}
      <path d="M4.6 11.4 11.4 4.6" stroke="currentColor" strokeWidth="1.5" />
    </>
  ),
  to_confirm: (
    <>
      {ring}
      {pie('M8 8V4.3A3.7 3.7 0 0 1 11.7 8Z')}
    </>
  ),
  confirmed: (
    <>
      {ring}
      {pie('M8 8V4.3A3.7 3.7 0 0 1 8 11.7Z')}
    </>
  ),
  shipped: (
    <>
      {ring}
      {pie('M8 8V4.3A3.7 3.7 0 1 1 4.3 8Z')}
    </>
  ),
  delivered: (
    <>
      {disc}
      {sign('M4.9 8.2 7.1 10.4 11.2 5.9')}
    </>
  ),
  delivery_failed: (
    <>
      <path d="M8 1.2 15 14H1Z" fill="currentColor" stroke="currentColor" strokeWidth="1.2" strokeLinejoin="round" />
      {sign('M8 6v3.4M8 11.9v.05')}
    </>
  ),
  returned: (
    <>
      {disc}
      {sign('M11 9.9c0-2-1.2-2.9-3-2.9H5.2M7 4.9 4.9 7l2.1 2.1')}
    </>
  ),
  cancelled: (
    <>
      {disc}
      {sign('M5.7 5.7 10.3 10.3M10.3 5.7 5.7 10.3')}
    </>
  ),
  none: (
    <>
      <rect x="2" y="2" width="12" height="12" rx="3" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <rect x="5.2" y="5.2" width="5.6" height="5.6" rx="1.2" fill="currentColor" />
    </>
  ),
}

/** By status of the cash axis. */
const cash: Record<string, ReactNode> = {
  not_due: <path d="M4 8h8" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" />,
  due: (
    <>
      {ring}
      <path d="M8 4.8v3.4l2.1 1.3" fill="none" stroke="currentColor" strokeWidth="1.4" strokeLinecap="round" />
    </>
  ),
  collected: (
    <>
      {ring}
      <circle cx="8" cy="8" r="2.6" fill="currentColor" />
    </>
  ),
  remitted: (
    <>
      {ring}
      <path
        d="M5 8h5.6M8.4 5.6 10.8 8l-2.4 2.4"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </>
  ),
  banked: (
    <>
      {disc}
      {sign('M4.9 8.2 7.1 10.4 11.2 5.9')}
    </>
  ),
  in_dispute: (
    <>
      {disc}
      {sign('M8 4.6v4M8 11.2v.05')}
    </>
  ),
  written_off: (
    <>
      {ring}
      <path d="M3.6 12.4 12.4 3.6" stroke="currentColor" strokeWidth="1.5" />
    </>
  ),
}

const Drawing = ({
  children,
  size = 16,
  className,
}: {
  children: ReactNode
  size?: number
  className?: string | undefined
}) => (
  <svg width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" className={className}>
    {children}
  </svg>
)

/** The shape of a state, null for a stage without one; colour comes from the text around it. */
export const StateDrawing = ({ state, size }: { state: string | null; size?: number }) => (
  <Drawing {...(size ? { size } : {})}>{states[state ?? 'none'] ?? states['none']}</Drawing>
)

export const CashDrawing = ({ status, className }: { status: string; className?: string | undefined }) => (
  <Drawing className={status === 'remitted' ? `mirror ${className ?? ''}` : className}>
    {cash[status] ?? cash['not_due']}
  </Drawing>
)

const bars = ['low', 'medium', 'high'] as const
const barShapes = [
  { x: 0.5, y: 8, height: 4 },
  { x: 4.5, y: 5, height: 7 },
  { x: 8.5, y: 2, height: 10 },
] as const

/** One to three bars of a risk; the others stay as its frame. */
export const RiskDrawing = ({ level }: { level: (typeof bars)[number] }) => (
  <svg width={12} height={12} viewBox="0 0 12 12" aria-hidden="true">
    {barShapes.map(({ x, y, height }, index) => (
      <rect
        key={x}
        x={x}
        y={y}
        width="3"
        height={height}
        rx=".8"
        fill="currentColor"
        opacity={index <= bars.indexOf(level) ? 1 : 0.25}
      />
    ))}
  </svg>
)

/** The mark: an eight-point star of two squares, a parcel cut out. */
export const Mark = ({ size = 22 }: { size?: number }) => (
  <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" className="mark">
    <g fill="var(--accent-fill)">
      <rect x="4.1" y="4.1" width="15.8" height="15.8" rx="1" />
      <rect x="4.1" y="4.1" width="15.8" height="15.8" rx="1" transform="rotate(45 12 12)" />
    </g>
    <rect x="8.2" y="8.2" width="7.6" height="7.6" fill="none" stroke="#fff" strokeWidth="1.6" strokeLinejoin="round" />
    <path d="M12 8.2v3.2" stroke="#fff" strokeWidth="1.6" />
  </svg>
)
