// The anchor: co-wechat on koa in safe mode, one process, echoing what was sent. Nothing is stored.
//   node echo.mjs PORT        (0: any free port; the port is printed as the first line)
import Koa from "koa";
import wechat from "co-wechat";

const account = {
  token: process.env.TOKEN ?? "token",
  appid: process.env.APP_ID ?? "wx1234567890abcdef",
  encodingAESKey: process.env.AES_KEY ?? "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
};

// A text, a media id, the label of a place, a menu key, or the name of an event without a key.
const said = (m) => m.Content ?? m.MediaId ?? m.Label ?? (m.EventKey || m.Event);

const app = new Koa();
app.use(wechat(account).middleware(async (message) => said(message)));

const server = app.listen(Number(process.argv[2] ?? 0), "127.0.0.1", () => {
  console.log(server.address().port);
});
process.on("SIGTERM", () => process.exit(0));
