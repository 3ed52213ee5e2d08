import { IconPhoto } from '@tabler/icons-react'
import { useState } from 'react'
import classes from './photo.module.css'

interface PhotoProps {
  readonly url: string | null
  readonly size: 'small' | 'large'
}

/** A product's photo, or its empty place. The name beside it says what it shows. */
export const Photo = ({ url, size }: PhotoProps) => {
  const [broken, setBroken] = useState<string | null>(null)
  return (
    <span className={classes.photo} data-size={size}>
      {url !== null && url !== broken ? (
        <img src={url} alt="" loading="lazy" decoding="async" onError={() => setBroken(url)} />
      ) : (
        <IconPhoto size={16} stroke={1.75} aria-hidden />
      )}
    </span>
  )
}
