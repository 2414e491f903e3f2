using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Text;
using SkiaSharp;
using static Framelane.Rendering.Tests.Text.Texts;

namespace Framelane.Rendering.Tests.Text;

public sealed class ShapingTests
{
    [Test]
    public void Letters_are_as_wide_as_the_font_says_at_every_size([Values(7, 40, 333)] int size)
    {
        using var file = SKTypeface.FromFile("/usr/share/fonts/opentype/inter/Inter-Regular.otf");
        using var font = new SKFont(file, size) { Hinting = SKFontHinting.None, LinearMetrics = true, Subpixel = true };
        foreach (var letter in new[] { "H", "i", "m", "é", "8" })
            Assert.That(Width(Of(letter) with { FontSize = size }), Is.EqualTo(font.MeasureText(letter)).Within(0.01f), letter);
    }

    [Test]
    public void Pairs_of_letters_are_kerned() =>
        Assert.That(Width(Of("AV")), Is.LessThan(Width(Of("A")) + Width(Of("V")) - 1));

    [Test]
    public void Letters_are_tied_together_unless_they_are_tracked()
    {
        var text = Of("ffi") with { FontFamily = "Noto Sans" };
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Layout(text).Pieces, Has.Count.EqualTo(1));
            Assert.That(Layout(text with { Tracking = 100 }).Pieces, Has.Count.EqualTo(3));
        }
    }

    [Test]
    public void Arabic_letters_join_and_run_from_right_to_left()
    {
        const string word = "سلام";
        var layout = Layout(word);
        var alone = word.SelectMany(letter => Glyphs(Layout(letter.ToString()))).ToArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(layout.Pieces.Select(piece => piece.Start), Is.Ordered.Descending);
            Assert.That(layout.Pieces.Select(piece => piece.X), Is.Ordered.Ascending);
            Assert.That(Glyphs(layout).Except(alone), Is.Not.Empty);
            Assert.That(layout.Pieces[0].Font.Loaded.Face.Family, Is.EqualTo("Noto Sans Arabic"));
        }
    }

    [Test]
    public void Arabic_letters_stay_joined_where_Latin_ones_are_tracked()
    {
        // Seen from left to right: a, b, the space, the word.
        var text = Of("سلام ab");
        Assert.That(Width(text with { Tracking = 500 }), Is.EqualTo(Width(text) + 2 * 20).Within(0.01));
    }

    [Test]
    public void A_Devanagari_vowel_sign_goes_before_its_letter_and_conjuncts_are_one_sign()
    {
        var (letter, withVowel) = (Glyphs(Layout("क")), Glyphs(Layout("कि")));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(withVowel, Has.Length.EqualTo(2));
            Assert.That(withVowel[1], Is.EqualTo(letter[0]));
            Assert.That(Glyphs(Layout("क्ष")), Has.Length.EqualTo(1));
        }
    }

    [TestCase("👩‍👩‍👧‍👦", TestName = "A family is one sign")]
    [TestCase("👍🏽", TestName = "A tone of skin is one sign with its hand")]
    [TestCase("☝🏽", TestName = "A tone of skin makes a picture of a hand that is none")]
    [TestCase("🇫🇷", TestName = "A flag is one sign")]
    [TestCase("1️⃣", TestName = "A keycap is one sign")]
    [TestCase("❤️", TestName = "A selector makes a picture of a heart that is none")]
    public void Emoji_stay_whole_and_coloured(string emoji)
    {
        var piece = Layout($"a{emoji}b").Pieces[1];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(piece.Font.Loaded.IsColor, Is.True);
            Assert.That(piece.Glyphs.Count(glyph => glyph.Id != 0), Is.EqualTo(1));
            Assert.That(Layout($"a{emoji}b").Pieces, Has.Count.EqualTo(3));
        }
    }

    [Test]
    public void What_may_be_a_letter_or_a_picture_is_a_letter_unless_it_says_otherwise()
    {
        foreach (var text in new[] { "©", "7", "❤︎" })
            Assert.That(Layout(text).Pieces[0].Font.Loaded.IsColor, Is.False, text);
    }

    [TestCase("Ünïcödé — “quotes” …")]
    [TestCase("العربية ١٢٣")]
    [TestCase("שלום עולם")]
    [TestCase("नमस्ते क्षत्रिय")]
    [TestCase("বাংলা தமிழ் తెలుగు ಕನ್ನಡ മലയാളം ગુજરાતી ਪੰਜਾਬੀ සිංහල")]
    [TestCase("ภาษาไทย ລາວ ខ្មែរ မြန်မာ བོད་")]
    [TestCase("你好，世界。「繁體」")]
    [TestCase("こんにちはカタカナ")]
    [TestCase("안녕하세요")]
    [TestCase("Ελληνικά Кириллица Հայերեն ქართული አማርኛ ᏣᎳᎩ ᠮᠣᠩᠭᠣᠯ")]
    [TestCase("∑∫≠ ♞ 𝔘𝔫𝔦")]
    [TestCase("😀🎉🏳️‍🌈🧑‍🚀🇯🇵")]
    public void Every_sign_has_a_glyph(string text) => Assert.That(Glyphs(Layout(text)), Has.None.Zero);

    [Test]
    public void A_line_of_both_directions_is_seen_in_order()
    {
        // The Hebrew word and the number run to the left as a whole, the number itself to the right.
        var layout = Layout("ab אב 12 cd");
        Assert.That(layout.Pieces.Select(piece => layout.Text[piece.Start]), Is.EqualTo("ab 12 בא cd"));
    }

    [TestCase("直。", "Noto Sans CJK SC")]
    [TestCase("直す。", "Noto Sans CJK JP")]
    [TestCase("直 한글", "Noto Sans CJK KR")]
    public void An_ideograph_has_the_form_of_the_region_that_its_text_tells(string text, string family) =>
        Assert.That(Layout(text).Pieces[0].Font.Loaded.Face.Family, Is.EqualTo(family));

    [Test]
    public void Where_its_text_does_not_tell_an_ideograph_has_the_form_of_the_font_that_was_chosen()
    {
        // All regions' fonts have all forms, under the same numbers.
        ushort Form(string region) => Glyphs(Layout(Of("骨") with { FontFamily = $"Noto Sans CJK {region}" })).Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(new[] { Form("JP"), Form("SC"), Form("TC") }, Is.Unique);
            Assert.That(Form("SC"), Is.EqualTo(Glyphs(Layout("骨")).Single()));
        }
    }

    [Test]
    public void A_fallback_font_is_as_bold_as_the_text()
    {
        var piece = Layout(Of("क") with { FontStyle = FontStyle.Bold }).Pieces[0];
        Assert.That((piece.Font.Loaded.Face.Family, piece.Font.Loaded.Weight), Is.EqualTo(("Noto Sans Devanagari", 700)));
    }

    [Test]
    public void Many_threads_set_texts_at_once()
    {
        const string text = "Ag سلام नमस्ते 你好 😀";
        var alone = Glyphs(Layout(text));
        var library = FontLibrary.Of([]);
        var together = new ushort[16][];
        Parallel.For(0, together.Length, index => together[index] = Glyphs(TextLayout.Of(Of(text), 10_000, 100, library)));
        Assert.That(together, Is.All.EqualTo(alone));
    }

    [Test]
    public void What_no_text_has_does_no_harm()
    {
        var layout = Layout("a\r\nb\tc\0\ud800\u200fd");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(layout.Lines, Has.Count.EqualTo(2));
            Assert.That(layout.Text, Is.EqualTo("a\nb    c\ufffd\u200fd"));
        }
    }
}
