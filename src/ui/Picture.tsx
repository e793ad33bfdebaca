/** A picture of the set. The words beside it say the same, so it has no name of its own for screen readers. */

interface Props {
  readonly id: string;
}

export function Picture({ id }: Props) {
  return <img class="picture" src={`/pictures/${id}.svg`} alt="" width={240} height={240} loading="lazy" />;
}
