#pragma once
// Conformance vectors of the protocol reference §12: published by the platform or by the projects named there, or
// computed anew with an independent program.

#include <array>
#include <optional>
#include <string_view>

namespace vectors {

struct sealed {
    std::string_view name;
    std::string_view token, aes_key, receive_id;
    std::string_view timestamp, nonce, signature;  // empty: not published
    std::string_view random;                       // empty: not published
    std::optional<std::string_view> message;       // nullopt: known by its fields only
    std::string_view encrypt;
};

// clang-format off
constexpr std::array sealed_messages{
    sealed{"A3", "AAAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "wxba5fad812f8e6fb9",
        "1714112445", "415670741", "046e02f8204d34f8ba5fa3b1db94908f3df2e9b3", "a8eedb185eb2fecf",
        "{\"ToUserName\":\"gh_97417a04a28d\",\"FromUserName\":\"o9AgO5Kd5ggOC-bXrbNODIiE3bGY\",\"Creat"
         "eTime\":1714112445,\"MsgType\":\"event\",\"Event\":\"debug_demo\",\"debug_str\":\"hello world\"}",
        "+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPx"
         "LKJGQqcvZqzDpVzazhZv6JsXUnnR8XGT740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMu"
         "FUPpRSrfMZuMcp3Fn2Pede2IuQrKEYwKSqFIZoNqJ4M8EajAsjLY2km32IIjdf8YL/P50F7mStwntrA2cPDr"
         "M1kb6mOcfBgRtWygb3VIYnSeOBrebufAlr7F9mFUPAJGj04="},
    sealed{"A4", "AAAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "wxba5fad812f8e6fb9",
        "1713424427", "415670741", "1b9339964ed2e271e7c7b6ff2b0ef902fc94dea1", "707722b803182950",
        "{\"demo_resp\":\"good luck\"}",
        "ELGduP2YcVatjqIS+eZbp80MNLoAUWvzzyJxgGzxZO/5sAvd070Bs6qrLARC9nVHm48Y4hyRbtzve1L32tmx"
         "SQ=="},
    sealed{"A5", "AAAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "wx134c8103faa5a59e",
        "1715943329", "1590219412", "6c12a4205838198b8fa631b3220723bb07f1015c", "1205899eaf019bbd",
        std::nullopt,
        "D7yzvUNAL930rd28wf21s4hvXhz0L6Uit/p2Di6C5DHyYGpEgdBRnKjBec34JwoQXicwaZC7fOVihW80F4Vt"
         "sdvE//1vr7oAbqjDv8KenVp+ajKYpJnyQ4zMRhIC+a31fCVOMC03FfzV/QuC94kBP55a+Za3sJgvAn+ZbsNq"
         "ZI5DkyuzkhQN8OBqCzFhizGmy0xpM0MEA4agpvE+RuNO1rhHTtuJB5yltw1FiYzecSXJ+y/D2r81VkRn2eYj"
         "h2ltsoyfbDR7Is6ookXIFxTfyeNyeHxMeT4KN5WpCDmSbTcUYrbBUlkGLJ9n/rU8YOywma6G7aTb7KZKOqCx"
         "gfoUlYEZPk4FUL/TK7ShriFDMVCLyjQJ15Ob++agDWtcxhfUfe6HIoIpRW8mKNBQiY/Jd1svvuskA1wLef1R"
         "TtzKfMpagSCX/laZINmdnX4zrF6kIaR9P4xQrWXbsTFHTYe0Mg=="},
    sealed{"B1", "QDG6eK", "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C", "wx5823bf96d3bd56c7",
        "1409659589", "263014780", "5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3", "c41b64491c2468d0",
        "1616140317555161061",
        "P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvna"
         "qQ=="},
    sealed{"B2", "QDG6eK", "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C", "wx5823bf96d3bd56c7",
        "1409659813", "1372623149", "477715d11cdb4164915debcba66cb864d751f3e6", "0960688932c47ef1",
        std::nullopt,
        "RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3"
         "QczcdCUpj911L3vg3W/sYYvuJTs3TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48"
         "kzJs8qLjvd4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwGc2hgf5gsijff0ekUNXZiqATP7PF5mZxZ3Izo"
         "un1s4zG4LUMnvw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8V2t9EL4EhzJWrQUa"
         "x5wLVMNS0+rUPA3k22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl"
         "/T8Z1ptDAVe0lXdQ2YoyyH2uyPIGHBZZIs2pDBS8R07+qN+E7Q=="},
    sealed{"C1", "pamtest", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", "wxb11529c136998cb6",
        "", "", "", "aaaabbbbccccdddd",
        "我是中文abcd123",
        "jn1L23DB+6ELqJ+6bruv21Y6MD7KeIfP82D6gU39rmkgczbWwt5+3bnyg5K55bgVtVzd832WzZGMhkP72vVO"
         "fg=="},
    sealed{"C2", "pamtest", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", "wxb11529c136998cb6",
        "", "", "", "aaaabbbbccccdddd",
        "<xml><ToUserName><![CDATA[oia2Tj我是中文jewbmiOUlr6X-1crbLOvLw]]></ToUserName><FromUserN"
         "ame><![CDATA[gh_7f083739789a]]></FromUserName><CreateTime>1407743423</CreateTime><Ms"
         "gType><![CDATA[video]]></MsgType><Video><MediaId><![CDATA[eYJ1MbwPRJtOvIEabaxHs7TX2D"
         "-HV71s79GUxqdUkjm6Gs2Ed1KF3ulAOA9H1xG0]]></MediaId><Title><![CDATA[testCallBackReply"
         "Video]]></Title><Description><![CDATA[testCallBackReplyVideo]]></Description></Video"
         "></xml>",
        "jn1L23DB+6ELqJ+6bruv23M2GmYfkv0xBh2h+XTBOKVKcgDFHle6gqcZ1cZrk3e1qjPQ1F4RsLWzQRG9udbK"
         "WesxlkupqcEcW7ZQweImX9+wLMa0GaUzpkycA8+IamDBxn5loLgZpnS7fVAbExOkK5DYHBmv5tptA9tklE/f"
         "TIILHR8HLXa5nQvFb3tYPKAlHF3rtTeayNf0QuM+UW/wM9enGIDIJHF7CLHiDNAYxr+r+OrJCmPQyTy8cVWl"
         "u9iSvOHPT/77bZqJucQHQ04sq7KZI27OcqpQNSto2OdHCoTccjggX5Z9Mma0nMJBU+jLKJ38YB1fBIz+vBzs"
         "YjrTmFQ44YfeEuZ+xRTQwr92vhA9OxchWVINGC50qE/6lmkwWTwGX9wtQpsJKhP+oS7rvTY8+VdzETdfakjk"
         "wQ5/Xka042OlUb1/slTwo4RscuQ+RdxSGvDahxAJ6+EAjLt9d8igHngxIbf6YyqqROxuxqIeIch3CssH/LqR"
         "s+iAcILvApYZckqmA7FNERspKA5f8GoJ9sv8xmGvZ9Yrf57cExWtnX8aCMMaBropU/1k+hKP5LVdzbWCG0hG"
         "wx/dQudYR/eXp3P0XxjlFiy+9DMlaFExWUZQDajPkdPrEeOwofJb"},
    sealed{"D", "pamtest", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", "wxb11529c136998cb6",
        "1458300676", "260774613", "4f3ad57b6989f09f4eb392acce4f9e93942ed890", "",
        std::nullopt,
        "rTNFcsut4LfGuAFKEUVVpwcaCOTJzOd9twZdIW910jb3k+iicx2uvhttIZ3Qg9Qgty3BEF2xbOrz6boTfb30"
         "dMomcgrkTqdFPwnhqbk+kIQ7rZiwny9D7NUrTgA5kpX3KsZvrXzUZyP2x9YOlxbgm572lmxKvM7HAQQhIQ/p"
         "6HBmoY30bGXFK0BtIu1pW9TjhOYrLQoU18nWYjWqDA1ynkmOytpv7QRI1P1+0NoxL0q2zO1DgeSvnE8CZGo/"
         "o5Ap/WHK5W2RAsinpzN4/LjPnmB6U01I5XCoJoC0GK/yMZycd2Oh8Nq6+wBkC1U85oy0ktOY4nLvsQMLrour"
         "mMGdZHuTbqpeJ8Ao/5PRYJ+WBvRUwPfGKBL2+2IKZF49vAJqkcGWSHGE76ZN2erXeuNazf/o9o3lIE3q739o"
         "4c8t9QGPe31GT2Go/rOz1BsrASwvauNulCh+++yz+CQzBIuikA=="},
    sealed{"F1", "123456", "kWxPEV2UEDyxWpmPdKC3F4dgPDmOvfKX1HGnEUDS1aR", "wx49f0ab532d5d035a",
        "1411443780", "437374425", "dd6b9c95b495b3f7e2901bfbc76c664930ffdb96", "",
        "5927782489442352469",
        "4ByGGj+sVCYcvGeQYhaKIk1o0pQRNbRjxybjTGblXrBaXlTXeOo1+bXFXDQQb1o6co6Yh9Bv41n7hOchLF6p"
         "+Q=="},
    sealed{"F2", "123456", "kWxPEV2UEDyxWpmPdKC3F4dgPDmOvfKX1HGnEUDS1aR", "wx49f0ab532d5d035a",
        "1411525903", "461056294", "407518b7649e86ef23978113f92d27afa9296533", "1234567890123456",
        "<xml>\n<MsgType><![CDATA[text]]></MsgType>\n<Content><![CDATA[test]]></Content>\n<FromU"
         "serName><![CDATA[wx49f0ab532d5d035a]]></FromUserName>\n<ToUserName><![CDATA[messense]"
         "]></ToUserName>\n<AgentID>1</AgentID>\n<CreateTime>1411525903</CreateTime>\n</xml>",
        "9s4gMv99m88kKTh/H8IdkOiMg6bisoy3ypwy9H4hvSPe9nsGaqyw5hhSjdYbcrKk+j3nba4HMOTzHrluLBYq"
         "xgNcBqGsL8GqxlhZgURnAtObvesEl5nZ+uBE8bviY0LWke8Zy9V/QYKxNV2FqllNXcfmstttyIkMKCCmVbCF"
         "M2JTF5wY0nFhHZSjPUL2Q1qvSUCUld+/WIXrx0oyKQmpB6o8NRrrNrsDf03oxI1p9FxUgMnwKKZeOA/uu+2I"
         "EvEBtb7muXsVbwbgX05UPPJvFurDXafG0RQyPR+mf1nDnAtQmmNOuiR5MIkdQ39xn1vWwi1O5oazPoQJz0nT"
         "YjxxEE8kv3kFxtAGVRe3ypD3WeK2XeFYFMNMpatF9XiKzHo3"},
    sealed{"F3", "123456", "kWxPEV2UEDyxWpmPdKC3F4dgPDmOvfKX1HGnEUDS1aR", "wx49f0ab532d5d035a",
        "1411525903", "461056294", "74d92dfeb87ba7c714f89d98870ae5eb62dff26d", "",
        std::nullopt,
        "RgqEoJj5A4EMYlLvWO1F86ioRjZfaex/gePD0gOXTxpsq5Yj4GNglrBb8I2BAJVODGajiFnXBu7mCPatfjsu"
         "6IHCrsTyeDXzF6Bv283dGymzxh6ydJRvZsryDyZbLTE7rhnus50qGPMfp2wASFlzEgMW9z1ef/RD8XzaFYgm"
         "7iTdaXpXaG4+BiYyolBug/gYNx410cvkKR2/nPwBiT+P4hIiOAQqGp/TywZBtDh1yCF2KOd0gpiMZ5jSw3e2"
         "9mTvmUHzkVQiMS6td7vXUaWOMZnYZlF3So2SjHnwh4jYFxdgpkHHqIrH/54SNdshoQgWYEvccTKe7FS709/5"
         "t6NMxuGhcUGAPOQipvWTT4dShyqio7mlsl5noTrb++x6En749zCpQVhDpbV6GDnTbcX2e8K9QaNWHp91eBdC"
         "RxthuL0="},
    sealed{"H", "kjr2TKI8umCBfVF3wAHk8JiPwma5VBme", "4Ma3YBrSBbX2aez8MJpXGBne5LSDwgGqHbhM9WPYIws", "ww6a112864f8022910",
        "1583940690", "VHh7ymSeb0jc4lSb", "1ba3cb09c0d2c2b3ed6900d37f91a6efae6cb011", "",
        "94966531020182955848408",
        "6KmUQuPVu7UhjyVqRdbo5SfcRqaHvbUlKSHFvBV2ZuR6TIlKsygcfeSd1GDplg1C5KSKr6UPHCaC/nIX3ZNt"
         "9w=="},
    sealed{"X1", "pamtest", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", "wxb11529c136998cb6",
        "1700000000", "n0nce", "5fe45a9dbcc8beadefb717da612ddedd7e403fa5", "0123456789abcdef",
        "xxxxxxxxxxxxxxxxxxxxxxxxxx",
        "Q3stYC6hdFzMh9T8HCvyDHDxbrF7f8TfmYxXSN1y2Vbjja9RgRLcXPjzJF67v90V3+cSUeXVsBz9zy9FS6aO"
         "lAKOGPMkX9CsY1Hcm0RGBpai3w0JQLugbmmRSSjGXHj+"},
    sealed{"X2", "pamtest", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", "wxb11529c136998cb6",
        "1700000000", "n0nce", "bd772191664cfe138d67fd65a81bc12afb2cf6de", "0123456789abcdef",
        "xxxxxxxxxxxxxxxxxxxxxxxxx",
        "Q3stYC6hdFzMh9T8HCvyDHKNXV2kFh0kNSkrOec3Ns3EXJ/6w2ZrymLt+4Xf4dQBbrrdi4bLRoT8sXJkvVW3"
         "bg=="},
    sealed{"X3", "pamtest", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", "wxb11529c136998cb6",
        "1700000000", "n0nce", "f3cf8d73fdd84cbd8298bbb92603a89e2f044d50", "0123456789abcdef",
        "xxxxxxxxx",
        "Q3stYC6hdFzMh9T8HCvyDCGVO9uGWwCBIqkYZiMlD2aabOr3P7CCrQYyXTrKFfSRz1WnctqIOFjH0JzXk+Fn"
         "Ew=="},
    sealed{"X4", "pamtest", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", "wxb11529c136998cb6",
        "1700000000", "n0nce", "42ae2b0b62d4d4942a971459e598c9c6255dc8f8", "0123456789abcdef",
        "<xml><Content><![CDATA[邻居噪音😡怎么办]]></Content></xml>",
        "Q3stYC6hdFzMh9T8HCvyDAEl7xYJNWbKttJca8jOWg4+Rj0C+k2h+foL74Tu3S3Qe4nOZ2RyZ4fHAMT/9Wx3"
         "I41/ve9qphXt9m3dSskmAM57BQzmZXxrymqKA76ekmGA2h06c+rpk75748KE2W/GXTJCMoQo1kbxe8CgdbXE"
         "bcY="},
    sealed{"X5", "pamtest", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", "wxb11529c136998cb6",
        "1700000000", "n0nce", "44cf0d28ff8a30e4b0a964aa2573dd392c933064", "0123456789abcdef",
        std::string_view(""),
        "Q3stYC6hdFzMh9T8HCvyDHhfHLJCm4hR5ysOJ/7+aIE56VkDU+GN9Zzy1vv3hL0H4b7fYnSu3TUO0j1ZWKCN"
         "cA=="},
};

// Signed with the token of C, but the content must be refused.
struct faulty {
    std::string_view name, fault, encrypt, signature;
};
constexpr std::array faulty_messages{
    faulty{"N1", "msg_len 0xFFFFFFF0",
        "Q3stYC6hdFzMh9T8HCvyDLN+7oAK8sIXaMp2+Wdcai6316twwdS2exc309RcUVQjFQvbvBQ+EdcYpXIPAQOZ"
         "Kg==",
        "3f48d6ededa6f68eadf7c8028cbb50b40b8d596c"},
    faulty{"N2", "pad bytes 33",
        "Q3stYC6hdFzMh9T8HCvyDOKstB5xrxAIe3ABnTlqIfej2/uNYXLGtAZSHxZNFiP6ImtK4PidCoE5nLroyuJn"
         "kQ==",
        "03f30de89ac60b222a19de3625c862de0712d56b"},
    faulty{"N3", "pad bytes 0",
        "Q3stYC6hdFzMh9T8HCvyDOKstB5xrxAIe3ABnTlqIfd8Na7fgs9759bME/0rQMtlqh9ePBBPKTMCkObJZo6C"
         "2Q==",
        "81ce0e8f77bcc0d31e4fb64af8aab287010b6454"},
    faulty{"N4", "receive id wxOTHERAPPID000000",
        "Q3stYC6hdFzMh9T8HCvyDPKBDUtXuW8gsAocpa3J6aflfEAvOPO86FDQkDDMeYlni+n037tRsYNBu9RtKmnZ"
         "Ew==",
        "b885b0c4840664a6acc5c4f32aaee8d7eb23cec8"},
};

struct address {
    std::string_view name, token, timestamp, nonce, signature;
};
constexpr std::array addresses{
    address{"A1", "AAAAA", "1714036504", "1514711492", "f464b24fc39322e44b38aa78f5edd27bd1441696"},
    address{"A2", "AAAAA", "1714037059", "486452656", "899cf89e464efb63f54ddac96b0a0a235f53aa78"},
    address{"A3", "AAAAA", "1714112445", "415670741", "6c5c811b55cc85e0e1b54100749188c20beb3f5d"},
    address{"A5", "AAAAA", "1715943329", "1590219412", "cc0c594499c1634947d5b502f158ee518947db27"},
    address{"F4", "test", "1410685589", "test", "f21891de399b4e33a1a93c9a7b8a8fffb5a443ff"},
    address{"letters after digits", "weixin", "1700000000", "99", "6e154e8bf494df6ffcf2eeea3a31559a59c64b88"},
    address{"upper case before lower", "Token", "1700000000", "abc", "3c13fb6ec9f637e274e9a0beb132ea1d1aab4b67"},
    address{"not as numbers", "9token", "1700000000", "10", "0e31f7a9035268f685f86e39aef9067e0bdcdfb7"},
};
// clang-format on

}  // namespace vectors
