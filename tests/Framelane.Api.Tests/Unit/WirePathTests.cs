using Framelane.Api.Conventions.Validation;

namespace Framelane.Api.Tests.Unit;

public sealed class WirePathTests
{
    [TestCase("Name", "body/name")]
    [TestCase("Tags[0]", "body/tags/0")]
    [TestCase("Parts[2].Inner[0].Size", "body/parts/2/inner/0/size")]
    [TestCase("Given.Value", "body/given")]
    [TestCase("Other", "body/renamed")]
    [TestCase("Metadata[key]", "body/metadata/key")]
    [TestCase("Metadata[\"a.b[0]\"]", "body/metadata/a.b[0]")]
    [TestCase("Metadata[\"\\\"\\u0022]\"]", "body/metadata/\"\"]")]
    [TestCase("NotThere.AtAll", "body/not_there/at_all")]
    [TestCase("", "body")]
    public void A_property_path_becomes_a_wire_place(string path, string place) =>
        Assert.That(string.Join('/', WirePath.Of(typeof(Sample), path)), Is.EqualTo(place));

    [Test]
    public void Keys_in_quotes_are_texts() => Assert.That(WirePath.Of(typeof(Sample), "Metadata[\"3\"]"), Is.EqualTo(new object[] { "body", "metadata", "3" }));

    [Test]
    public void Indexes_are_numbers() => Assert.That(WirePath.Of(typeof(Sample), "Tags[3]"), Is.EqualTo(new object[] { "body", "tags", 3 }));
}
