// The dashboard's script. Every page works without it; it makes them quick and alive.
import "./htmx";
import { startBoard } from "./board";
import { startCharts } from "./chartload";
import { startDrafts } from "./drafts";
import { startKeys } from "./keys";
import { startLive } from "./live";
import { startOffline } from "./offline";
import { startPicks } from "./picks";
import { startSmallThings } from "./small";

startBoard();
startKeys();
startLive();
startPicks();
startDrafts();
startOffline();
startSmallThings();
startCharts();
