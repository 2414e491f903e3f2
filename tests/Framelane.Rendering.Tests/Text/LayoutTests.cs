using Framelane.Application.Renders.Scenes;
using static Framelane.Rendering.Tests.Text.Texts;

namespace Framelane.Rendering.Tests.Text;

public sealed class LayoutTests
{
    [Test]
    public void Lines_end_at_spaces_which_do_not_count()
    {
        var text = Of("one two three");
        var width = Width(Of("one two"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Lines(text, width + 1), Is.EqualTo(new[] { "one two", "three" }));
            Assert.That(Lines(text, width - 1), Is.EqualTo(new[] { "one", "two", "three" }));
            Assert.That(Layout(text, width + 1).Lines[0].Width, Is.EqualTo(width).Within(0.01));
        }
    }

    [Test]
    public void No_line_is_wider_than_the_box([Values(60, 150, 400)] int width)
    {
        var layout = Layout(Of("The quick brown fox jumps over the lazy dog, Donaudampfschifffahrtsgesellschaft! 天地玄黄宇宙洪荒 नमस्ते दुनिया مرحبا بالعالم"), width);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(layout.Lines.Select(line => line.Width), Has.All.LessThanOrEqualTo(width + 0.02));
            Assert.That(layout.Lines, Has.Count.GreaterThan(3));
        }
    }

    [Test]
    public void A_word_is_cut_only_where_no_line_has_room_for_it()
    {
        var text = Of("a incomprehensible b");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Lines(text, Width(Of("incomprehensible")) + 1), Is.EqualTo(new[] { "a", "incomprehensible", "b" }));
            Assert.That(string.Concat(Lines(text, 200)), Is.EqualTo("aincomprehensible" + "b").Or.EqualTo("aincomprehensible b"));
            Assert.That(Lines(Of("👩‍👩‍👧‍👦👍🏽"), 1), Is.EqualTo(new[] { "👩‍👩‍👧‍👦", "👍🏽" }));
        }
    }

    [Test]
    public void A_soft_hyphen_is_seen_where_a_line_ends_with_it_and_nowhere_else([Values(0, 200)] int tracking)
    {
        var text = Of("Donau\u00addampf\u00ad") with { Tracking = tracking };
        float WidthOf(string part) => Width(text with { Text = part });
        var width = WidthOf("Donau") + WidthOf("-") + 40 * tracking / 1000f;
        var (whole, broken) = (Layout(text), Layout(text, width + 0.1f));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(broken.Lines.Select(line => line.Width), Is.EqualTo(new[] { width, WidthOf("dampf\u00ad") }).Within(0.01));
            Assert.That(broken.Pieces[5].Glyphs.Single().Id, Is.EqualTo(Glyphs(Layout("-")).Single()));
            Assert.That(Glyphs(whole), Has.None.EqualTo(Glyphs(Layout("-")).Single()));
            Assert.That(Lines(text, width - 0.1f)[0], Is.Not.EqualTo("Donau\u00ad"), "there is no room for the hyphen");
            Assert.That(Glyphs(Layout(Of("ab\u00ad cd"), WidthOf("ab") + 1)), Has.None.EqualTo(Glyphs(Layout("-")).Single()), "the line ends with the space");
        }
    }

    [Test]
    public void A_soft_hyphen_is_at_the_left_of_a_word_that_runs_there()
    {
        var layout = Layout(Of("سل\u00adامسسسسس"), Width(Of("سل")) + Width(Of("-")) + 1);
        Assert.That(layout.Pieces[0].Start, Is.EqualTo(2));
        Assert.That(layout.Pieces[0].Glyphs.Single().Id, Is.EqualTo(Glyphs(Layout("-")).Single()));
    }

    [Test]
    public void Where_padding_leaves_no_room_each_letter_is_a_line() =>
        Assert.That(Lines(Of("tobe") with { Background = true, XPadding = 100 }, 60), Is.EqualTo(new[] { "t", "o", "b", "e" }));

    [Test]
    public void Ideographs_are_parted_anywhere_but_before_their_punctuation()
    {
        var two = Width(Of("你好"));
        Assert.That(Lines(Of("你好世界。"), two + 1), Is.EqualTo(new[] { "你好", "世", "界。" }));
    }

    [Test]
    public void Thai_is_parted_between_words() =>
        Assert.That(Lines(Of("ภาษาไทยสวยงาม"), Width(Of("ภาษาไทย")) + 1)[0], Is.EqualTo("ภาษาไทย"));

    [Test]
    public void A_text_that_does_not_wrap_is_one_line_for_each_of_its_own() =>
        Assert.That(Lines(Of("one two three\n\nfour") with { TextWrap = TextWrap.Nowrap }, 50), Is.EqualTo(new[] { "one two three", "", "four" }));

    [TestCase(TextAlign.Left)]
    [TestCase(TextAlign.Center)]
    [TestCase(TextAlign.Right)]
    public void Lines_lie_at_the_side_that_is_asked_for(TextAlign align)
    {
        var layout = Layout(Of("wide line\ni") with { TextAlign = align }, 500);
        foreach (var line in layout.Lines)
        {
            var free = 500 - line.Width;
            Assert.That(line.Left, Is.EqualTo(align switch { TextAlign.Left => 0, TextAlign.Right => free, _ => free / 2 }).Within(0.01));
        }
    }

    [Test]
    public void Lines_follow_each_other_by_the_leading_about_the_middle_of_the_box([Values(0.8, 1.2, 2)] double leading)
    {
        var layout = Layout(Of("a\nb\nc") with { Leading = leading }, height: 300);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(layout.Lines[1].Baseline - layout.Lines[0].Baseline, Is.EqualTo(40 * leading).Within(0.01));
            Assert.That(layout.Block.MidY, Is.EqualTo(150).Within(0.01));
            Assert.That(layout.Block.Height, Is.EqualTo(120 * leading).Within(0.01));
            // Inter's capitals stand in the middle of its line.
            Assert.That(layout.Lines[1].Baseline, Is.EqualTo(150 + 40 * 0.727 / 2).Within(0.5));
        }
    }

    [Test]
    public void Tracking_is_thousandths_of_an_em_between_characters([Values(-50, 250)] int tracking) =>
        Assert.That(Width(Of("HHHH") with { Tracking = tracking }), Is.EqualTo(Width(Of("HHHH")) + 3 * 40 * tracking / 1000.0).Within(0.01));

    [Test]
    public void What_tracking_adds_after_a_lines_last_letter_takes_no_room([Values(-100, 300)] int tracking)
    {
        var text = Of("one two three") with { Tracking = tracking };
        var width = Width(Of("one two") with { Tracking = tracking });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Lines(text, width + 1), Is.EqualTo(new[] { "one two", "three" }));
            Assert.That(Lines(text, width - 1), Is.EqualTo(new[] { "one", "two", "three" }));
        }
    }

    [Test]
    public void The_padding_of_a_background_keeps_it_within_the_box()
    {
        var text = Of("one two") with { XPadding = 30, TextAlign = TextAlign.Left };
        var width = Width(Of("one two"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Layout(text with { Background = true }, width + 59).Lines, Has.Count.EqualTo(2));
            Assert.That(Layout(text with { Background = true }, width + 61).Lines, Has.Count.EqualTo(1));
            Assert.That(Layout(text with { Background = true }, width + 61).Lines[0].Left, Is.EqualTo(30));
            Assert.That(Layout(text, width + 1).Lines[0].Left, Is.Zero);
        }
    }
}
