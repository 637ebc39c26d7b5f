namespace Sojourn.Events;

/// <summary>
/// Letters with accents and the letters under them, because the runtime does not decompose texts
/// without ICU, and an answer must not depend on which ICU a machine has. Source: Unicode 14,
/// canonical decompositions of lower-case letters in the first plane, and a few strokes that
/// Unicode does not decompose.
/// </summary>
internal static class Accents
{
    /// <summary>Pairs: the letter with its accent, then the letter without.</summary>
    public const string Pairs =
        "àaáaâaãaäaåaçcèeéeêeëeìiíiîiïiñnòoóoôoõoöoøoùuúuûuüuýyÿyāaăaąaćcĉcċcčcďdđdēe" +
        "ĕeėeęeěeĝgğgġgģgĥhħhĩiīiĭiįiİiĵjķkĺlļlľlłlńnņnňnōoŏoőoŕrŗrřrśsŝsşsšsţtťtŧtũu" +
        "ūuŭuůuűuųuŵwŷyźzżzžzƀbơoưuǎaǐiǒoǔuǖuǘuǚuǜuǟaǡaǣæǧgǩkǫoǭoǯʒǰjǵgǹnǻaǽæǿøȁaȃaȅe" +
        "ȇeȉiȋiȍoȏoȑrȓrȕuȗușsțtȟhȧaȩeȫoȭoȯoȱoȳyɨiʉu\u0374\u02B9\u037E\u003B" +
        "\u0385\u00A8\u0387\u00B7ΐιάαέεήηίιΰυϊιϋυόούυώωϓϒϔϒйиѐеёеѓгїіќкѝиўуѷѵӂжӑаӓаӗе" +
        "ӛәӝжӟзӣиӥиӧоӫөӭэӯуӱуӳуӵчӹы\u0622\u0627\u0623\u0627\u0624\u0648\u0625\u0627" +
        "\u0626\u064A\u06C0\u06D5\u06C2\u06C1\u06D3\u06D2ऩनऱरऴळक़कख़खग़गज़जड़डढ़ढफ़फय़यড়ডঢ়ঢয়য" +
        "ਲ਼ਲਸ਼ਸਖ਼ਖਗ਼ਗਜ਼ਜਫ਼ਫ\u0B48\u0B47ଡ଼ଡଢ଼ଢ\u0CC0\u0CD5\u0CC7\u0CD5\u0CC8\u0CD6\u0CCA\u0CC2" +
        "\u0DDA\u0DD9གྷགཌྷཌདྷདབྷབཛྷཛཀྵཀဦဥ\u1B3B\u1B35\u1B3D\u1B35\u1B43\u1B35ḁaḃbḅbḇbḉcḋdḍd" +
        "ḏdḑdḓdḕeḗeḙeḛeḝeḟfḡgḣhḥhḧhḩhḫhḭiḯiḱkḳkḵkḷlḹlḻlḽlḿmṁmṃmṅnṇnṉnṋnṍoṏoṑoṓoṕpṗpṙr" +
        "ṛrṝrṟrṡsṣsṥsṧsṩsṫtṭtṯtṱtṳuṵuṷuṹuṻuṽvṿvẁwẃwẅwẇwẉwẋxẍxẏyẑzẓzẕzẖhẗtẘwẙyạaảaấaầa" +
        "ẩaẫaậaắaằaẳaẵaặaẹeẻeẽeếeềeểeễeệeỉiịiọoỏoốoồoổoỗoộoớoờoởoỡoợoụuủuứuừuửuữuựuỳy" +
        "ỵyỷyỹyἀαἁαἂαἃαἄαἅαἆαἇαἐεἑεἒεἓεἔεἕεἠηἡηἢηἣηἤηἥηἦηἧηἰιἱιἲιἳιἴιἵιἶιἷιὀοὁοὂοὃοὄο" +
        "ὅοὐυὑυὒυὓυὔυὕυὖυὗυὠωὡωὢωὣωὤωὥωὦωὧωὰαάαὲεέεὴηήηὶιίιὸοόοὺυύυὼωώωᾀαᾁαᾂαᾃαᾄαᾅαᾆα" +
        "ᾇαᾈαᾉαᾊαᾋαᾌαᾍαᾎαᾏαᾐηᾑηᾒηᾓηᾔηᾕηᾖηᾗηᾘηᾙηᾚηᾛηᾜηᾝηᾞηᾟηᾠωᾡωᾢωᾣωᾤωᾥωᾦωᾧωᾨωᾩωᾪωᾫωᾬω" +
        "ᾭωᾮωᾯωᾰαᾱαᾲαᾳαᾴαᾶαᾷαᾼα\u1FC1\u00A8ῂηῃηῄηῆηῇηῌη\u1FCD\u1FBF\u1FCE\u1FBF" +
        "\u1FCF\u1FBFῐιῑιῒιΐιῖιῗι\u1FDD\u1FFE\u1FDE\u1FFE\u1FDF\u1FFEῠυῡυῢυΰυῤρῥρῦυῧυ" +
        "\u1FED\u00A8\u1FEE\u00A8\u1FEF\u0060ῲωῳωῴωῶωῷωῼω\u1FFD\u00B4\u2000\u2002" +
        "\u2001\u2003\u219A\u2190\u219B\u2192\u21AE\u2194\u21CD\u21D0\u21CE\u21D4" +
        "\u21CF\u21D2\u2204\u2203\u2209\u2208\u220C\u220B\u2224\u2223\u2226\u2225" +
        "\u2241\u223C\u2244\u2243\u2247\u2245\u2249\u2248\u2260\u003D\u2262\u2261" +
        "\u226D\u224D\u226E\u003C\u226F\u003E\u2270\u2264\u2271\u2265\u2274\u2272" +
        "\u2275\u2273\u2278\u2276\u2279\u2277\u2280\u227A\u2281\u227B\u2284\u2282" +
        "\u2285\u2283\u2288\u2286\u2289\u2287\u22AC\u22A2\u22AD\u22A8\u22AE\u22A9" +
        "\u22AF\u22AB\u22E0\u227C\u22E1\u227D\u22E2\u2291\u22E3\u2292\u22EA\u22B2" +
        "\u22EB\u22B3\u22EC\u22B4\u22ED\u22B5\u2329\u3008\u232A\u3009\u2ADC\u2ADD" +
        "\u304C\u304B\u304E\u304D\u3050\u304F\u3052\u3051\u3054\u3053\u3056\u3055" +
        "\u3058\u3057\u305A\u3059\u305C\u305B\u305E\u305D\u3060\u305F\u3062\u3061" +
        "\u3065\u3064\u3067\u3066\u3069\u3068\u3070\u306F\u3071\u306F\u3073\u3072" +
        "\u3074\u3072\u3076\u3075\u3077\u3075\u3079\u3078\u307A\u3078\u307C\u307B" +
        "\u307D\u307B\u3094\u3046\u309E\u309D\u30AC\u30AB\u30AE\u30AD\u30B0\u30AF" +
        "\u30B2\u30B1\u30B4\u30B3\u30B6\u30B5\u30B8\u30B7\u30BA\u30B9\u30BC\u30BB" +
        "\u30BE\u30BD\u30C0\u30BF\u30C2\u30C1\u30C5\u30C4\u30C7\u30C6\u30C9\u30C8" +
        "\u30D0\u30CF\u30D1\u30CF\u30D3\u30D2\u30D4\u30D2\u30D6\u30D5\u30D7\u30D5" +
        "\u30D9\u30D8\u30DA\u30D8\u30DC\u30DB\u30DD\u30DB\u30F4\u30A6\u30F7\u30EF" +
        "\u30F8\u30F0\u30F9\u30F1\u30FA\u30F2\u30FE\u30FD\uFB1D\u05D9\uFB1F\u05F2" +
        "\uFB2A\u05E9\uFB2B\u05E9\uFB2C\u05E9\uFB2D\u05E9\uFB2E\u05D0\uFB2F\u05D0" +
        "\uFB30\u05D0\uFB31\u05D1\uFB32\u05D2\uFB33\u05D3\uFB34\u05D4\uFB35\u05D5" +
        "\uFB36\u05D6\uFB38\u05D8\uFB39\u05D9\uFB3A\u05DA\uFB3B\u05DB\uFB3C\u05DC" +
        "\uFB3E\u05DE\uFB40\u05E0\uFB41\u05E1\uFB43\u05E3\uFB44\u05E4\uFB46\u05E6" +
        "\uFB47\u05E7\uFB48\u05E8\uFB49\u05E9\uFB4A\u05EA\uFB4B\u05D5\uFB4C\u05D1" +
        "\uFB4D\u05DB\uFB4E\u05E4";
}
