using Framelane.Application.Renders.Scenes;
using static Framelane.Rendering.Tests.Compositing.Pictures;

namespace Framelane.Rendering.Tests.Compositing;

/// <summary>Each pixel is compared with a ray from the viewer through it to the element's plane; those within 1.5 pixels of an edge are left out.</summary>
public sealed class PlacementPixelTests
{
    const int Width = 160, Height = 90;

    static readonly Pixel Outside = new(0, 0, 0);
    static readonly Pixel[] Quarters = [new(0, 0, 255), new(0, 255, 0), new(255, 0, 0), new(255, 255, 255)];

    static IEnumerable<TestCaseData> Cases()
    {
        var half = Image("i") with { Width = Dimension.Percent(50), Height = Dimension.Percent(50) };
        (string Name, ImageElement Element)[] cases =
        [
            ("at_rest", half),
            ("x_and_y_in_pixels", half with { X = Dimension.Number(50), Y = Dimension.Number(30) }),
            ("x_and_y_in_per_cent", half with { X = Dimension.Percent(25), Y = Dimension.Percent(75) }),
            ("width_and_height_in_pixels", half with { Width = Dimension.Number(30), Height = Dimension.Number(61) }),
            ("aspect_ratio_and_width", half with { Height = null, AspectRatio = 4 }),
            ("aspect_ratio_and_height", half with { Width = null, AspectRatio = 0.5 }),
            ("aspect_ratio_inside_both", half with { AspectRatio = 1 }),
            ("anchors", half with { XAnchor = Dimension.Percent(0), YAnchor = Dimension.Number(45) }),
            ("scales", half with { XScale = Dimension.Percent(150), YScale = Dimension.Percent(50) }),
            ("negative_scale", half with { XScale = Dimension.Percent(-100) }),
            ("flip_horizontal", half with { FlipHorizontal = true }),
            ("flip_vertical", half with { FlipVertical = true }),
            ("z_rotation_is_clockwise", half with { ZRotation = Dimension.Degrees(30) }),
            ("a_quarter_turn", half with { ZRotation = new(Math.PI / 2, DimensionUnit.Radians) }),
            ("x_rotation", half with { XRotation = Dimension.Degrees(40) }),
            ("y_rotation", half with { YRotation = Dimension.Degrees(-50) }),
            ("all_rotations_off_the_middle", half with
            {
                X = Dimension.Percent(40), YAnchor = Dimension.Percent(90), XRotation = Dimension.Degrees(35), YRotation = Dimension.Degrees(25),
                ZRotation = Dimension.Degrees(20), XScale = Dimension.Percent(120), FlipVertical = true,
            }),
        ];
        return cases.Select(entry => new TestCaseData(entry.Element).SetArgDisplayNames(entry.Name));
    }

    [TestCaseSource(nameof(Cases))]
    public void Every_pixel_is_where_the_contract_puts_it(ImageElement element)
    {
        element = element with { Fit = Fit.Fill };
        using var pictures = new Pictures().With("i", 40, 40, (x, y) => Quarters[(x < 20 ? 0 : 1) + (y < 20 ? 0 : 2)]);
        using var drawn = pictures.Draw(Scene(Width, Height, element));
        Pixel Seen(double x, double y) => Ray(element, x, y);
        var compared = 0;
        var difference = Difference(drawn, (x, y) =>
        {
            var color = Seen(x + 0.5, y + 0.5);
            for (var turn = 0; turn < 8; turn++)
            {
                if (Seen(x + 0.5 + 2 * Math.Cos(turn * Math.PI / 4), y + 0.5 + 2 * Math.Sin(turn * Math.PI / 4)) != color)
                    return null;
            }

            compared += color == Outside ? 0 : 1;
            return color;
        });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(difference, Is.LessThanOrEqualTo(1));
            Assert.That(compared, Is.GreaterThan(500), "pixels of the element itself");
        }
    }

    /// <summary>As lines of a few pixels are on a canvas that is made small.</summary>
    [Test]
    public void What_is_thinner_than_a_pixel_tints_it([Values("image", "overlaid", "turned", "composition", "text")] string kind, [Values(0.1, 0.25, 0.45)] double height)
    {
        var line = Image("i") with { Height = Dimension.Number(height), Y = Dimension.Number(45.5) };
        using var pictures = new Pictures().With("i", 40, 40, (_, _) => new(255, 255, 255));
        using var drawn = pictures.Draw(Scene(Width, Height, kind switch
        {
            "image" => line,
            "overlaid" => line with { ColorOverlay = "#ffffff" },
            "turned" => line with { Width = line.Height, Height = Dimension.Percent(100), ZRotation = Dimension.Degrees(90), Y = line.Y, AspectRatio = null },
            "composition" => new CompositionElement { Height = line.Height, Y = line.Y, Elements = [Image("i")] },
            _ => new TextElement { Text = "—", Duration = 1, FontSize = 40, Height = line.Height, Y = line.Y },
        }));
        Assert.That(At(drawn, Width / 2, 45).R, kind == "text" ? Is.GreaterThan(30) : Is.EqualTo(255 * height).Within(6));
    }

    static Pixel Ray(ImageElement element, double x, double y)
    {
        var (width, height) = Size(element);
        double[] anchor = [element.X.ToPixels(Width), element.Y.ToPixels(Height), 0];
        double[] eye = [Width / 2.0, Height / 2.0, -Width * 50.0 / 36];
        var right = Turned(element, 1, 0);
        var down = Turned(element, 0, 1);
        double[] normal = [right[1] * down[2] - right[2] * down[1], right[2] * down[0] - right[0] * down[2], right[0] * down[1] - right[1] * down[0]];
        double[] ray = [x - eye[0], y - eye[1], -eye[2]];
        var along = Dot(normal, [anchor[0] - eye[0], anchor[1] - eye[1], -eye[2]]) / Dot(normal, ray);
        double[] hit = [eye[0] + along * ray[0] - anchor[0], eye[1] + along * ray[1] - anchor[1], eye[2] + along * ray[2]];
        var u = Dot(hit, right) / (element.XScale.ToFactor() * (element.FlipHorizontal ? -1 : 1)) + element.XAnchor.ToPixels(width);
        var v = Dot(hit, down) / (element.YScale.ToFactor() * (element.FlipVertical ? -1 : 1)) + element.YAnchor.ToPixels(height);
        return u < 0 || v < 0 || u >= width || v >= height ? Outside : Quarters[(u < width / 2 ? 0 : 1) + (v < height / 2 ? 0 : 2)];
    }

    static (double Width, double Height) Size(ImageElement element) => (element.Width?.Value, element.Height?.Value, element.AspectRatio) switch
    {
        (30, _, _) => (30, 61),
        (_, _, null) => (80, 45),
        (_, null, _) => (80, 20),
        (null, _, _) => (22.5, 45),
        _ => (45, 45),
    };

    // About z clockwise, then about y (right edge away), then about x (upper edge away); z grows away from the viewer.
    static double[] Turned(ImageElement element, double x, double y)
    {
        var (a, b, c) = (Angle(element.ZRotation), Angle(element.YRotation), Angle(element.XRotation));
        (x, y) = (x * Math.Cos(a) - y * Math.Sin(a), x * Math.Sin(a) + y * Math.Cos(a));
        (x, var z) = (x * Math.Cos(b), x * Math.Sin(b));
        return [x, y * Math.Cos(c) + z * Math.Sin(c), z * Math.Cos(c) - y * Math.Sin(c)];
    }

    static double Angle(Dimension dimension) => dimension.ToDegrees() * Math.PI / 180;

    static double Dot(double[] a, double[] b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}
