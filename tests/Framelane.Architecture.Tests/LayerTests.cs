namespace Framelane.Architecture.Tests;

public sealed class LayerTests
{
    static readonly string[] Outer = ["Framelane.Infrastructure", "Framelane.Rendering", "Framelane.Api", "Microsoft.EntityFrameworkCore", "Microsoft.AspNetCore", "Microsoft.Data"];

    static readonly string[] OutsideRendering =
        [Layers.InfrastructureName, Layers.ApiName, "Microsoft.EntityFrameworkCore", "Microsoft.AspNetCore", "Microsoft.Data"];

    [Test]
    public void Domain_DependsOnNothingButTheRuntime()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Rules.DependOnlyOn(Layers.Types(Layers.Domain), "System", Layers.DomainName).Violations(), Is.Empty);
            Assert.That(Rules.ForeignReferences(Layers.Domain, IsRuntime), Is.Empty);
        }
    }

    [Test]
    public void Domain_DependsOnNothingButTheRuntime_IsSeenToFail()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                Rules.DependOnlyOn(Layers.Sample(typeof(Samples.UsesAPackage)), "System", Layers.DomainName).Violations(),
                Has.One.Contains("MediatR.ISender"));
            Assert.That(Rules.ForeignReferences(Layers.Application, IsRuntime), Has.Some.EqualTo("MediatR"));
        }
    }

    [Test]
    public void Application_DependsOnNoOuterLayerAndNoFrameworkOfTheirs()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Rules.NotDependOn(Layers.Types(Layers.Application), Outer).Violations(), Is.Empty);
            Assert.That(Rules.ForeignReferences(Layers.Application, name => !IsOuter(name)), Is.Empty);
        }
    }

    [TestCase(typeof(Samples.UsesInfrastructure), "Framelane.Infrastructure.Samples.Adapter")]
    [TestCase(typeof(Samples.UsesTheApi), "Framelane.Api.Samples.Controller")]
    [TestCase(typeof(Samples.UsesEfCore), "Microsoft.EntityFrameworkCore.DbContext")]
    [TestCase(typeof(Samples.UsesAspNetCore), "Microsoft.AspNetCore.Http.HttpContext")]
    public void Application_DependsOnNoOuterLayer_IsSeenToFail(Type sample, string offence) =>
        Assert.That(Rules.NotDependOn(Layers.Sample(sample), Outer).Violations(), Has.One.Contains(offence));

    [Test]
    public void Application_DependsOnNoOuterLayer_IsSeenToFailByItsReferences() => Assert.That(
        Rules.ForeignReferences(Layers.Samples, name => !IsOuter(name)),
        Has.Some.EqualTo("Microsoft.EntityFrameworkCore").And.Some.StartsWith("Microsoft.AspNetCore."));

    [Test]
    public void Infrastructure_DoesNotDependOnTheApi()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Rules.NotDependOn(Layers.Types(Layers.Infrastructure), Layers.ApiName).Violations(), Is.Empty);
            Assert.That(Rules.ForeignReferences(Layers.Infrastructure, name => name != Layers.ApiName), Is.Empty);
        }
    }

    [Test]
    public void Infrastructure_DoesNotDependOnTheApi_IsSeenToFail() => Assert.That(
        Rules.NotDependOn(Layers.Sample(typeof(Samples.UsesTheApi)), Layers.ApiName).Violations(), Has.One.Contains("Framelane.Api.Samples.Controller"));

    [Test]
    public void Rendering_KnowsNeitherTheDatabaseNorTheApi()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Rules.NotDependOn(Layers.Types(Layers.Rendering), OutsideRendering).Violations(), Is.Empty);
            Assert.That(Rules.ForeignReferences(Layers.Rendering, name => !OutsideRendering.Any(outside => name.StartsWith(outside, StringComparison.Ordinal))), Is.Empty);
        }
    }

    [TestCase(typeof(Samples.UsesTheApi), "Framelane.Api.Samples.Controller")]
    [TestCase(typeof(Samples.UsesEfCore), "Microsoft.EntityFrameworkCore.DbContext")]
    public void Rendering_KnowsNeitherTheDatabaseNorTheApi_IsSeenToFail(Type sample, string offence) =>
        Assert.That(Rules.NotDependOn(Layers.Sample(sample), OutsideRendering).Violations(), Has.One.Contains(offence));

    static bool IsRuntime(string name) => name.StartsWith("System.", StringComparison.Ordinal);

    static bool IsOuter(string name) => Outer.Any(outer => name == outer || name.StartsWith(outer + ".", StringComparison.Ordinal));
}
