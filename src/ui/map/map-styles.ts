/** The stylesheet of the drawings, as it is sent inside the one page that has them. */
import styles from './map.css?inline';

export const mapStyles = styles.trim();
