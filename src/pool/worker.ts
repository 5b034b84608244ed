import { lowerFile } from '../frontend/js/lower-file.js';
import { serve } from './serve.js';

serve(lowerFile);
