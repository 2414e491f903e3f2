using Framelane.Domain.Assets;

namespace Framelane.Domain.Tests.Uploads;

public sealed class MediaTypesTests
{
    [Test]
    public void Each_type_is_found_by_its_name_and_its_kind_is_in_it() => Assert.Multiple(() =>
    {
        foreach (var type in MediaTypes.All)
        {
            Assert.That(MediaTypes.Find(type.Name), Is.SameAs(type));
            Assert.That(type.Name, Does.StartWith(type.Kind.ToString().ToLowerInvariant() + "/"));
            Assert.That(type.Extension, Does.Match("^[a-z0-9]+$"));
        }
    });

    [TestCase("VIDEO/MP4")]
    [TestCase(" video/mp4 ; codecs=\"avc1\"")]
    public void Letters_and_parameters_do_not_matter(string text) => Assert.That(MediaTypes.Find(text)?.Name, Is.EqualTo("video/mp4"));

    [TestCase(null)]
    [TestCase("")]
    [TestCase("video")]
    [TestCase("video/mp4,video/webm")]
    [TestCase("image/svg+xml")]
    public void Anything_else_is_none(string? text) => Assert.That(MediaTypes.Find(text), Is.Null);
}
