#include "match/rarity.h"

#include <stdint.h>

/* Measured over 24 MB of real CI logs, without time stamps and terminal sequences. Bytes fall into 48 classes: letters
 * without case, digits, white space, the marks of MARKS one by one, other ASCII, and bytes from 0x80 on. A cell is
 * 'a' + the bits that the class of the column costs behind the class of the row: -log2 of its probability there. */
enum { LETTERS = 26, DIGIT = 26, SPACE = 27, FIRST_MARK = 28 };
static const char MARKS[] = "-_./:=\"'()[]#,<>*|";
enum { OTHER = FIRST_MARK + sizeof MARKS - 1, HIGH, CLASSES };

static const char START[CLASSES + 1] = "egfgegghfhhfgeefleeeghiihkedfhffgjkkiihijilkllhi";
static const char BEHIND[CLASSES][CLASSES + 1] = {
    "jfeekigmfnjegekepdddgdkiglhhfjhfgnnnmlnlnmpnppkp", "ehhhdjkmfekdjmfinggidkllgkfciigekmllnhnjolpnppfp",
    "ejgjdjkdgleejmcimggdfklmhlggiihgimlklinmnlpnppkp", "ehihcijjdligiidinhfhgjjkhogdffgfeijkijiimhokppho",
    "fheehghjhlmfgdjfiddejiifkmieggeegillijljljnmpojo", "djjifflodppfijcindggfnkmipffghgjkiljkkmmpjpnppkm",
    "gkhidfhhelpfigfkpeghgihohihcggddfimlkjkhlhplppjm", "dihhckmlepliikcjjfidglmojnifhfghhhlkjkilmkpoppjl",
    "fffggggoknidecefmgedjfohphkjjjgiknoopmoopmpnpplp", "cjjgckhnhonkkkejjidieijppphjikdgkppoplmnklpoppko",
    "ebjkdjikdjhfjigjnhehjlinjnhfegggillljllmkjmmopjp", "djiechlldklejldhpiffeglngnjfhgfggilljillmjpmpojn",
    "cgjhchhkfkkgfkddljgigkmljoidhhffjkllmknkkkpnppho", "ekfeeedkeiififfhngedggkljngefhfffjmkijkinjnmppko",
    "fggfihglhihfedefpcgefhfjkmjgiigiioomnmofpopppplp", "dljieljhepkeilcenedfglnnepjhiihihlnmkmmlnmnlppkp",
    "ilkiihjkllmeljhimjghallmmnhgiffgkhmnnknmpmppppjn", "djficielemgigfejnffefhklgpkfghffikljjklimlnnppjo",
    "gkgkdikfengiigfekgecgkjlinieggfeejlkjhkilimmppjo", "ejgicikedgkihiefoeefglilgliegfffgilljjlikknkppin",
    "ffggeifpeniefckfpdednlnhpoiiklijmppmpmpppppppppp", "cnilbmkncppjhifmplhimnnojpghihhgimnmomkonmpkppmo",
    "dkjjejkfdmkgkcdjofghjningpdfigihkponkmlnplpoppko", "fjefdimkelnfenjenkiceliihkeffffgijjklgljpinlppjp",
    "figighhhgmlhgfgdkiedkliglhhdffdedihihikkjikknphl", "dlkhbknmdnmhijfimhhlgljphihegjggjkflojpiihplppjp",
    "iiiiiimmlkjngmnlmmijkoolpkbdfhdegmkjjflgnenlpmgp", "ghfggfiggifhhhfgmgffhhhlkmdbgiihkiiiflgkjmjkkigh",
    "geefhfhifilgghhfkgffhihhmldfbonnjppppplkpplgojkp", "egefffgfeiigffgekfedfffjjldfnehkppmokmoppoponmnp",
    "ehegggghfekgfheemgffhhiillcgpjdipponmmkjphmpnplp", "ffeggfffffkfefffkeddghgklmdioiiflplopnnoononkpjp",
    "jihjhkjljimkjklfligekmloppdbinpeepinjohnpnloopjp", "gihgighjikkjigijmgggglilnocdkllhncehhphppphfmmho",
    "gfgghgghgklggfhhkgfggjhjkjeciigeenfilfkeiehgkkfp", "hfghhhghekligfigmeffgikklkhcejfgfkkilfjhedjgjlgn",
    "ggefhfiiggigffigkfefhhhinnbgkikhpphhiehpmpipiokp", "ommpplpplppmnpppppoopmpppoobjkglclhiifhhpemjnmfk",
    "gihifificgmhfgiglifgjhfknlcehljklmkjlpdhpmjpmnip", "pppoppopopopppmppopnpopoppoaimhhimllhglhpfnonjem",
    "glhgigfiigpgkjfhnjfhmjilpoeepnlpmpppppjpbpllplkp", "ljkghgnnjjoljolkpmkknjppppeaiolpppjnomkpopmkppkp",
    "ghgiifhjghggfgjeoefeeklokofdefkeoeoihojmmoeioofo", "lnjjjknkfopojikhpliimknpppiagjhjlfhkhghgpfhfpkhm",
    "gomkimiologimkmfolgjlommoolcjhfegihijgljogoobmjf", "ppilphlpmpppnnpppppjppnpppgbelhlkpjpplhpdhnpnfhh",
    "ifhfiijjijkhihiekghgjihjmndcikhhiiiihideljpjmkdo", "lpjpnnppmppmllpkpnllpnopjpncpippjpppoppppnppppma",
};

/* A chain of likely pairs is likelier than its product says: only the rarest stretch of this many bytes counts in
 * full, what stands beside it a little. */
enum { WINDOW = 6, BESIDE = 8 };

static uint32_t class_of(char byte)
{
    unsigned char c = (unsigned char)byte;
    if ((c | 0x20) >= 'a' && (c | 0x20) <= 'z')
        return (uint32_t)(c | 0x20) - 'a';
    if (c >= '0' && c <= '9')
        return DIGIT;
    if (c == ' ' || c == '\t')
        return SPACE;
    const char *mark = c ? strchr(MARKS, c) : NULL;
    if (mark)
        return FIRST_MARK + (uint32_t)(mark - MARKS);
    return c >= 0x80 ? HIGH : OTHER;
}

static uint32_t stretch(ff_slice text)
{
    uint32_t row = class_of(text.ptr[0]);
    uint32_t bits = (uint32_t)(START[row] - 'a');
    for (size_t i = 1; i < text.len; i++) {
        uint32_t column = class_of(text.ptr[i]);
        bits += (uint32_t)(BEHIND[row][column] - 'a');
        row = column;
    }
    return bits;
}

uint32_t ff_rarity(ff_slice text)
{
    uint32_t best = 0;
    for (size_t i = 0; i + (text.len < WINDOW ? text.len : WINDOW) <= text.len && i < text.len; i++) {
        uint32_t bits = stretch(ff_slice_cut(ff_slice_from(text, i), WINDOW));
        best = bits > best ? bits : best;
    }
    size_t beside = text.len > WINDOW ? text.len - WINDOW : 0;
    return best + (uint32_t)(beside < BESIDE ? beside : BESIDE);
}
