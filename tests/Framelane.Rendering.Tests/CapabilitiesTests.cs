using Framelane.Rendering.Text;

namespace Framelane.Rendering.Tests;

public sealed class CapabilitiesTests
{
    [TestCase("Inter", true, null)]
    [TestCase("Arial", true, "Texts cannot be set: the font Inter is not installed.")]
    [TestCase("Inter", false, "Texts cannot be set: ICU is not installed.")]
    public void Texts_need_ICU_and_the_default_font(string family, bool hasUnicode, string? fault) =>
        Assert.That(DependencyInjection.TextFault([family], hasUnicode), Is.EqualTo(fault));

    [Test]
    public void Here_texts_can_be_set()
    {
        var here = DependencyInjection.Capabilities(FontLibrary.Installed);
        Assert.That((here.TextFault, here.ElementTypes.Order(StringComparer.Ordinal)), Is.EqualTo(((string?)null, new[] { "audio", "composition", "image", "text", "video" })));
    }
}
