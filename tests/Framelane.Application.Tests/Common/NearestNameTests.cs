using CsCheck;
using Framelane.Application.Common;

namespace Framelane.Application.Tests.Common;

public sealed class NearestNameTests
{
    static readonly Gen<string> Names = Gen.String[Gen.Char["abcABC "], 0, 64];

    [Test]
    public void It_is_the_one_with_the_fewest_letters_changed_and_the_first_of_those() => Gen.Select(Names.Where(text => text.Length > 0), Names.Array[1, 5]).Sample((text, names) =>
    {
        var nearest = names.MinBy(name => Distance(text.ToLowerInvariant(), name.ToLowerInvariant()))!;
        var isNear = Distance(text.ToLowerInvariant(), nearest.ToLowerInvariant()) <= Math.Max(2, nearest.Length / 3);
        Assert.That(NearestName.Of(text, names), Is.EqualTo(isNear ? nearest : null));
    });

    [TestCase("speia", "sepia")]
    [TestCase("", null)]
    [TestCase("nothing like it", null)]
    public void Of_a_text_that_is_near_none_it_is_none(string text, string? nearest) =>
        Assert.That(NearestName.Of(text, ["blur", "sepia"]), Is.EqualTo(nearest));

    [Test]
    public void Of_a_long_text_it_is_none() => Assert.That(NearestName.Of(new('a', 65), [new('a', 65)]), Is.Null);

    /// <summary>By the definition.</summary>
    static int Distance(string left, string right)
    {
        var table = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
        {
            for (var j = 0; j <= right.Length; j++)
            {
                table[i, j] = i == 0 || j == 0
                    ? i + j
                    : Math.Min(table[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1), 1 + Math.Min(table[i - 1, j], table[i, j - 1]));
            }
        }

        return table[left.Length, right.Length];
    }
}
