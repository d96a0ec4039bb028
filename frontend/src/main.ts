// What every page loads: htmx, with nothing that the Content-Security-Policy forbids.
import htmx from "htmx.org";

htmx.config.includeIndicatorStyles = false;
htmx.config.allowEval = false;
