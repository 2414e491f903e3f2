using System.Reflection;
using Framelane.Application.Renders.Scenes;

namespace Framelane.Application.Tests.Renders;

public sealed class SceneScaleTests
{
    /// <summary>What counts pixels: twice as many on a canvas of twice the size.</summary>
    static readonly string[] Pixels =
    [
        "X", "Y", "Width", "Height", "XAnchor", "YAnchor", "BorderRadius", "BorderWidth", "ShadowBlur", "ShadowX", "ShadowY", "FontSize", "XPadding", "YPadding",
    ];

    /// <summary>What is the same on every canvas: counts, seconds, shares, angles, and what is in em.</summary>
    static readonly string[] Shares =
    [
        "Track", "Time", "Duration", "AspectRatio", "XRotation", "YRotation", "ZRotation", "XScale", "YScale", "Opacity", "ZIndex", "DefaultZIndex",
        "CropTop", "CropBottom", "CropLeft", "CropRight", "Brightness", "Contrast", "Saturation", "Exposure", "Sharpness", "Blur", "Noise", "Vignette", "HueRotate",
        "LutIntensity", "InPoint", "OutPoint", "Speed", "Volume", "FadeInDuration", "FadeOutDuration",
        "FontWeight", "Tracking", "Leading", "StrokeWidth", "BackgroundOpacity",
    ];

    static readonly Type[] Elements = [typeof(VideoElement), typeof(AudioElement), typeof(ImageElement), typeof(TextElement), typeof(CompositionElement)];

    [Test]
    public void Every_number_of_an_element_counts_pixels_or_is_a_share() => Assert.That(
        Elements.SelectMany(Numbers).Select(property => property.Name).Distinct(), Is.EquivalentTo(Pixels.Concat(Shares)));

    [TestCaseSource(nameof(Elements))]
    public void What_counts_pixels_is_made_smaller_and_all_else_stays(Type type)
    {
        var element = Filled(type);
        var smaller = SceneScale.By(new() { Width = 400, Height = 200, Elements = [element] }, 0.25).Elements[0];

        Assert.Multiple(() =>
        {
            foreach (var property in type.GetProperties().Where(property => property.Name is not "EqualityContract" and not "Elements"))
            {
                var (was, now) = (property.GetValue(element), property.GetValue(smaller));
                object? expected = was switch
                {
                    Dimension number when Pixels.Contains(property.Name) => Dimension.Number(number.Value / 4),
                    double number when Pixels.Contains(property.Name) => number / 4,
                    _ => was,
                };
                Assert.That(now, Is.EqualTo(expected), property.Name);
            }
        });
    }

    [Test]
    public void Percentages_stay()
    {
        var image = new ImageElement { SourceUrl = "", Duration = 1, X = Dimension.Percent(10), Width = Dimension.Percent(25), Height = Dimension.Number(80), XAnchor = Dimension.Percent(0) };
        var smaller = (ImageElement)SceneScale.By(new() { Elements = [image] }, 0.5).Elements[0];
        Assert.That((smaller.X, smaller.Width, smaller.Height, smaller.XAnchor), Is.EqualTo((Dimension.Percent(10), (Dimension?)Dimension.Percent(25), (Dimension?)Dimension.Number(40), Dimension.Percent(0))));
    }

    [Test]
    public void What_lies_in_a_composition_is_made_smaller_with_it()
    {
        var inner = new TextElement { Text = "a", Duration = 1, FontSize = 40 };
        var scene = new CreateRenderRequest { Elements = [new CompositionElement { Width = Dimension.Number(300), Elements = [inner] }] };
        var outer = (CompositionElement)SceneScale.By(scene, 0.5).Elements[0];
        Assert.That(outer.Width, Is.EqualTo((Dimension?)Dimension.Number(150)));
        Assert.That(((TextElement)outer.Elements[0]).FontSize, Is.EqualTo(20));
    }

    [TestCase(1280, 720, 640, 360)]
    [TestCase(1000, 333, 640, 213)]
    [TestCase(8192, 16, 640, 1)]
    public void The_canvas_is_rounded_to_whole_pixels_of_which_there_is_one_at_least(int width, int height, int smallerWidth, int smallerHeight)
    {
        var scene = new CreateRenderRequest { Width = width, Height = height };
        var smaller = SceneScale.By(scene, SceneScale.Within(scene, 640, 4096));
        Assert.That((smaller.Width, smaller.Height), Is.EqualTo(((int?)smallerWidth, (int?)smallerHeight)));
    }

    [Test]
    public void A_canvas_that_fits_is_the_scene_itself()
    {
        var scene = new CreateRenderRequest { Width = 64, Height = 64 };
        Assert.That(SceneScale.By(scene, SceneScale.Within(scene, 640, 640)), Is.SameAs(scene));
        Assert.That(SceneScale.Within(new(), 640, 4096), Is.EqualTo(0.5), "a canvas that is not given has 1280×720");
    }

    static IEnumerable<PropertyInfo> Numbers(Type type) => type.GetProperties()
        .Where(property => (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) is var number
            && (number == typeof(int) || number == typeof(double) || number == typeof(Dimension)));

    /// <summary>An element each of whose numbers is another one.</summary>
    static SceneElement Filled(Type type)
    {
        var element = (SceneElement)System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(type);
        var next = 1;
        foreach (var property in Numbers(type).Where(property => property.SetMethod is not null))
        {
            var kind = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            property.SetValue(element, kind == typeof(Dimension) ? Dimension.Number(next++) : kind == typeof(int) ? next++ : (object)(double)next++);
        }

        if (element is CompositionElement)
            type.GetProperty(nameof(CompositionElement.Elements))!.SetValue(element, Array.Empty<SceneElement>());
        return element;
    }
}
