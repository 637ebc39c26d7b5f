// The dashboard's script. Every page works without it; it makes them quick and alive.
import "./htmx";
