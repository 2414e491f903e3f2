using Framelane.Domain.Common;

namespace Framelane.Domain.Tests.Common;

public sealed class UlidTests
{
    const string Valid = "x_01ARYZ6S41TSV4RRFFQ69G5FAV";

    [Test]
    public void New_IsThePrefixAndTwentySixCrockfordDigits() =>
        Assert.That(Ulid.New("render", Given.Start), Does.Match("^render_[0-7][0-9A-HJKMNP-TV-Z]{25}$"));

    // The example of github.com/ulid/javascript: ulid(1469918176385).
    [Test]
    public void New_WritesTheMillisecondsAsTheSpecificationDoes() =>
        Assert.That(Ulid.New("x", DateTimeOffset.FromUnixTimeMilliseconds(1469918176385)), Does.StartWith("x_01ARYZ6S41"));

    [TestCase(0, "0000000000")]
    [TestCase((1L << 47) - 1, "3ZZZZZZZZZ")]
    public void New_AtTheEndsOfTime_StartsWithADigitUpToSeven(long milliseconds, string time)
    {
        // .NET's calendar ends before the 48 bits do.
        var moment = DateTimeOffset.FromUnixTimeMilliseconds(Math.Min(milliseconds, DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()));

        Assert.That(Ulid.New("x", moment)[2], Is.LessThanOrEqualTo(time[0]));
        Assert.That(Ulid.IsWellFormed("x", Ulid.New("x", moment)), Is.True);
    }

    [Test]
    public void New_OfALaterMillisecond_SortsAfterAsText()
    {
        var ids = Enumerable.Range(0, 2_000).Select(i => Ulid.New("x", Given.Start.AddMilliseconds(i))).ToArray();

        Assert.That(ids, Is.Ordered.Using<string>(StringComparer.Ordinal));
    }

    [Test]
    public void New_WithinOneMillisecond_SharesTheTimeAndNothingElse()
    {
        var ids = Enumerable.Range(0, 1_000).Select(_ => Ulid.New("x", Given.Start)).ToArray();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ids.Select(id => id[..12]).Distinct().Count(), Is.EqualTo(1));
            Assert.That(ids, Is.Unique);
            for (var i = 12; i < 28; i++)
                Assert.That(ids.Select(id => id[i]).Distinct().Count(), Is.EqualTo(32), $"digit {i} takes every value");
        }
    }

    [TestCase(Valid, true)]
    [TestCase("x_7ZZZZZZZZZZZZZZZZZZZZZZZZZ", true, Description = "the largest")]
    [TestCase("x_8ZZZZZZZZZZZZZZZZZZZZZZZZZ", false, Description = "beyond 128 bits")]
    [TestCase("x_01ARYZ6S41TSV4RRFFQ69G5FA", false, Description = "one short")]
    [TestCase("x_01ARYZ6S41TSV4RRFFQ69G5FAVV", false, Description = "one long")]
    [TestCase("x_01aryz6s41tsv4rrffq69g5fav", false, Description = "lower case: one id, one text")]
    [TestCase("x_01ARYZ6S41TSV4RRFFQ69G5FAI", false, Description = "I is no digit")]
    [TestCase("x_01ARYZ6S41TSV4RRFFQ69G5FAL", false, Description = "L is no digit")]
    [TestCase("x_01ARYZ6S41TSV4RRFFQ69G5FAO", false, Description = "O is no digit")]
    [TestCase("x_01ARYZ6S41TSV4RRFFQ69G5FAU", false, Description = "U is no digit")]
    [TestCase("x-01ARYZ6S41TSV4RRFFQ69G5FAV", false, Description = "no underscore")]
    [TestCase("y_01ARYZ6S41TSV4RRFFQ69G5FAV", false, Description = "another prefix")]
    [TestCase("X_01ARYZ6S41TSV4RRFFQ69G5FAV", false, Description = "the prefix in upper case")]
    [TestCase("01ARYZ6S41TSV4RRFFQ69G5FAV", false, Description = "no prefix")]
    [TestCase("", false)]
    [TestCase(null, false)]
    public void IsWellFormed_TakesTheCanonicalTextAlone(string? text, bool expected) =>
        Assert.That(Ulid.IsWellFormed("x", text), Is.EqualTo(expected));

    [Test]
    public void IsWellFormed_WithOneCharacterReplaced_IsFalse()
    {
        using (Assert.EnterMultipleScope())
        {
            for (var i = 0; i < Valid.Length; i++)
                foreach (var intruder in "!*/ \0éI")
                    Assert.That(Ulid.IsWellFormed("x", Valid[..i] + intruder + Valid[(i + 1)..]), Is.False, $"'{intruder}' at {i}");
        }
    }
}
