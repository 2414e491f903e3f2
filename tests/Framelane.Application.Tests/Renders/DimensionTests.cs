using System.Text.Json;
using CsCheck;
using Framelane.Application.Renders.Scenes;

namespace Framelane.Application.Tests.Renders;

public sealed class DimensionTests
{
    static readonly Gen<double> Values = Gen.OneOf(
        Gen.Double[-1000, 1000], Gen.Double[-1e-4, 1e-4], Gen.Double.Where(double.IsFinite), Gen.OneOf(Gen.Const(0.0), Gen.Const(1e-5), Gen.Const(-9.9e-5), Gen.Const(1e15), Gen.Const(-1e300), Gen.Const(double.Epsilon), Gen.Const(double.MaxValue)));

    [Test]
    public void What_is_written_is_read_again() => Gen.Select(Values, Gen.Enum<DimensionUnit>(), (value, unit) => new Dimension(value, unit)).Sample(
        dimension => JsonSerializer.Deserialize<Dimension>(JsonSerializer.Serialize(dimension)) == dimension);

    [TestCase("1E-05%", 1e-5, DimensionUnit.Percent)]
    [TestCase("1e+15deg", 1e15, DimensionUnit.Degrees)]
    [TestCase("-2.5e3rad", -2500, DimensionUnit.Radians)]
    [TestCase(".5°", 0.5, DimensionUnit.Degrees)]
    public void A_text_with_its_unit(string text, double value, DimensionUnit unit)
    {
        Assert.That(Dimension.TryParse(text, out var dimension));
        Assert.That(dimension, Is.EqualTo(new Dimension(value, unit)));
    }

    [TestCase("1e5")]
    [TestCase("1e999%")]
    [TestCase("e5%")]
    [TestCase("1e%")]
    [TestCase("1e5 %")]
    [TestCase("1,000%")]
    [TestCase("NaN%")]
    [TestCase("Infinityrad")]
    [TestCase("")]
    [TestCase(null)]
    public void What_is_none(string? text) => Assert.That(Dimension.TryParse(text, out _), Is.False);
}
