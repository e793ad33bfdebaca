/** The stylesheet as it is sent inside every page: one request fewer, and one hash for the content security policy. */
import styles from './styles.css?inline';

export const pageStyles = styles.trim();
