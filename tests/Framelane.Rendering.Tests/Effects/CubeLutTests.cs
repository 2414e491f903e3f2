using System.Globalization;
using System.Text;
using Framelane.Application.Abstractions;
using Framelane.Rendering.Effects;
using Framelane.Rendering.Tests.Compositing;
using static Framelane.Rendering.Tests.Compositing.Pictures;

namespace Framelane.Rendering.Tests.Effects;

public sealed class CubeLutTests
{
    // Linear in each colour and in their product, which trilinear reading gives back exactly.
    static readonly Func<double, double, double, double[]> Table = (r, g, b) => [1 - r, r * g, (g + b) / 2];

    [TestCase(2, 100)]
    [TestCase(17, 100)]
    [TestCase(65, 60)]
    public void A_table_is_read_trilinearly_and_mixed_by_its_intensity(int size, double intensity)
    {
        using var pictures = new Pictures()
            .With("i", 64, 48, (x, y) => new((byte)(x * 4), (byte)(y * 5), (byte)(255 - x * 3)))
            .With("table", Read(File(size)));
        using var drawn = pictures.Draw(Scene(64, 48, Image("i") with { LutUrl = "table", LutIntensity = intensity }));
        Assert.That(
            Difference(drawn, (x, y) =>
            {
                var (b, g, r) = (x * 4 / 255.0, y * 5 / 255.0, (255 - x * 3) / 255.0);
                var to = Table(r, g, b);
                byte Mixed(double from, double to) => (byte)Math.Round(255 * (from + (to - from) * intensity / 100));
                return new(Mixed(b, to[2]), Mixed(g, to[1]), Mixed(r, to[0]));
            }),
            Is.LessThanOrEqualTo(1));
    }

    [TestCase("DOMAIN_MIN 0 0 0\nDOMAIN_MAX 0.5 0.5 0.5\n")]
    [TestCase("LUT_3D_INPUT_RANGE 0.0 0.5\n", Description = "as DaVinci Resolve writes it")]
    public void A_domain_other_than_0_to_1_is_kept_to(string domain)
    {
        var lut = Read("TITLE \"half\"\n# comment\n\nLUT_3D_SIZE 2\n" + domain + Entries(2, (r, g, b) => [r, g, b]));
        using var pictures = new Pictures().With("i", 16, 16, (_, _) => new(32, 64, 200)).With("table", lut);
        using var drawn = pictures.Draw(Scene(16, 16, Image("i") with { LutUrl = "table" }));
        Assert.That(Difference(drawn, (_, _) => new(64, 128, 255)), Is.LessThanOrEqualTo(1));
    }

    [TestCase("", "fewer")]
    [TestCase("LUT_3D_SIZE 66\n", "size")]
    [TestCase("LUT_3D_SIZE 1\n0 0 0\n", "size")]
    [TestCase("LUT_3D_SIZE 99999999999\n", "size")]
    [TestCase("LUT_1D_SIZE 2\n0 0 0\n1 1 1\n", "another kind")]
    [TestCase("LUT_3D_SIZE 2\n0 0 0\n", "fewer")]
    [TestCase("LUT_3D_SIZE 2\n0 0\n", "three numbers")]
    [TestCase("LUT_3D_SIZE 2\nNaN 0 0\n", "three numbers")]
    [TestCase("LUT_3D_SIZE 2\nLUT_3D_INPUT_RANGE 0 0.5 1\n", "two numbers")]
    [TestCase("LUT_3D_SIZE 2\nLUT_3D_INPUT_RANGE 0 much\n", "two numbers")]
    [TestCase("LUT_3D_SIZE 2\nLUT_3D_INPUT_RANGE 1 0\n0 0 0\n0 0 0\n0 0 0\n0 0 0\n0 0 0\n0 0 0\n0 0 0\n0 0 0\n", "domain")]
    [TestCase("LUT_3D_SIZE 2\nDOMAIN_MAX 0 1 1\n0 0 0\n0 0 0\n0 0 0\n0 0 0\n0 0 0\n0 0 0\n0 0 0\n0 0 0\n", "domain")]
    [TestCase("LUT_3D_SIZE 2\n0 0 0\n0 0 0\n0 0 0\n0 0 0\n0 0 0\n0 0 0\n0 0 0\n0 0 0\n0 0 0\n", "more entries")]
    public void What_is_no_table_is_refused(string text, string reason) =>
        Assert.That(() => Read(text), Throws.TypeOf<MediaException>().With.Message.Contains(reason).And.Property("Code").EqualTo(MediaErrorCodes.InvalidSource));

    [Test]
    public void More_than_8_MiB_are_refused() =>
        Assert.That(() => CubeReader.Read(new MemoryStream(new byte[CubeReader.MaxBytes + 1])), Throws.TypeOf<MediaException>().With.Message.Contains("8 MiB"));

    static CubeLut Read(string text) => CubeReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)));

    static string File(int size) => $"LUT_3D_SIZE {size}\n" + Entries(size, Table);

    static string Entries(int size, Func<double, double, double, double[]> color)
    {
        var text = new StringBuilder();
        for (var index = 0; index < size * size * size; index++)
        {
            double Share(int step) => step % size / (size - 1.0);
            var rgb = color(Share(index), Share(index / size), Share(index / size / size));
            text.AppendLine(CultureInfo.InvariantCulture, $"{rgb[0]:0.000000} {rgb[1]:0.000000} {rgb[2]:0.000000}");
        }

        return text.ToString();
    }
}
