using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Text;

namespace Framelane.Rendering.Tests.Text;

public sealed class CaptionMatchTests
{
    /// <summary>Where each word starts and what is marked of the text.</summary>
    static string[] Found(string text, params string[] words) =>
    [
        .. CaptionMatch.Find(text, [.. words.Select((word, index) => new CaptionWord { Text = word, Start = index, End = index + 1 })])
            .Select(place => place.End == 0 ? "none" : $"{place.Start} {text[place.Start..place.End]}"),
    ];

    [Test]
    public void A_word_is_found_before_a_part_of_another()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Found("This is it", "is", "it"), Is.EqualTo(new[] { "5 is", "8 it" }));
            Assert.That(Found("Theory says: he!", "he"), Is.EqualTo(new[] { "13 he!" }));
            Assert.That(Found("In 2024, 20 did", "20"), Is.EqualTo(new[] { "9 20" }));
            Assert.That(Found("𝐭𝐡𝐢𝐬 𝐢𝐬", "𝐢𝐬"), Is.EqualTo(new[] { "9 𝐢𝐬" }));
        }
    }

    [Test]
    public void A_mark_belongs_to_the_letter_before_it()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Found("cafe\u0301 cafe", "cafe"), Is.EqualTo(new[] { "6 cafe" }));
            Assert.That(Found("e\u0301tat tat", "tat"), Is.EqualTo(new[] { "6 tat" }));
            Assert.That(Found("می\u200Cخواهم خواهم", "خواهم"), Is.EqualTo(new[] { "9 خواهم" }));
        }
    }

    [Test]
    public void Words_that_no_space_parts_are_found_where_they_are_first()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Found("ภาษาไทยสวยงาม ไทย", "ไทย"), Is.EqualTo(new[] { "4 ไทย" }));
            Assert.That(Found("我喜欢你 喜欢", "喜欢", "你"), Is.EqualTo(new[] { "1 喜欢", "3 你" }));
            Assert.That(Found("私はABCを ABC", "ABC"), Is.EqualTo(new[] { "2 ABC" }));
        }
    }

    [Test]
    public void Parts_of_a_word_are_found_one_after_another()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Found("unbelievable un", "un", "believ", "able"), Is.EqualTo(new[] { "0 un", "2 believ", "8 able" }));
            Assert.That(Found("gonna go, na", "gon", "na"), Is.EqualTo(new[] { "0 gon", "3 na" }));
            Assert.That(Found("I don't.", "don", "'t"), Is.EqualTo(new[] { "2 don", "5 't." }));
        }
    }

    [Test]
    public void A_word_that_is_not_there_hides_none_after_it() =>
        Assert.That(Found("This is it", "is", "nobody", "it"), Is.EqualTo(new[] { "5 is", "none", "8 it" }));

    [Test]
    public void No_word_is_lost_to_a_whole_one_that_comes_late() =>
        Assert.That(Found("cats and dogs, no cat", "cat", "and", "dogs"), Is.EqualTo(new[] { "0 cat", "5 and", "9 dogs," }));
}
