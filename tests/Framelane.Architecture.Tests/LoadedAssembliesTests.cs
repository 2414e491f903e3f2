using Assembly = System.Reflection.Assembly;

namespace Framelane.Architecture.Tests;

/// <summary>A rule over the wrong assembly, or over none, holds for ever: so what is loaded is tested first.</summary>
public sealed class LoadedAssembliesTests
{
    static readonly Assembly[] Source = Layers.Source;

    [TestCaseSource(nameof(Source))]
    public void TheModel_HoldsEveryTypeThatTheAssemblyExports(Assembly assembly)
    {
        var loaded = Layers.Model.Types.Where(type => Layers.IsIn(type, assembly)).Select(type => type.FullName).ToHashSet();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(loaded, Is.Not.Empty);
            Assert.That(
                assembly.GetTypes().Where(type => !type.IsNested && !type.Name.StartsWith('<') && type.Namespace?.StartsWith("Framelane", StringComparison.Ordinal) == true)
                    .Select(type => type.FullName),
                Is.SubsetOf(loaded));
        }
    }

    [Test]
    public void TheLayers_AreThoseOfThisSolution_EachFilledAsFarAsItIsKnownToBe()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Layers.Source.Select(assembly => assembly.GetName().Name), Is.EqualTo(new[]
            {
                "Framelane.Domain", "Framelane.Application", "Framelane.Infrastructure", "Framelane.Rendering", "Framelane.Api",
            }));
            Assert.That(Layers.Domain.GetType("Framelane.Domain.Workspaces.Workspace"), Is.Not.Null);
            Assert.That(Layers.Application.GetType("Framelane.Application.Webhooks.RotateSecret.RotateWebhookSecretHandler"), Is.Not.Null);
            Assert.That(Layers.Infrastructure.GetTypes(), Has.Some.Matches<Type>(type => type!.IsAssignableTo(
                Layers.Application.GetType("Framelane.Application.Abstractions.IWebhookUrlPolicy"))));
            Assert.That(Layers.Api.EntryPoint, Is.Not.Null);
        }
    }

    [Test]
    public void EveryType_LivesUnderTheNameOfItsAssembly() // for the rules below tell layers by their namespaces
    {
        var strays = Layers.Source.SelectMany(assembly => assembly.GetTypes()
            .Where(type => type.IsVisible && type.Namespace is not null
                && type.Namespace != assembly.GetName().Name
                && !type.Namespace.StartsWith(assembly.GetName().Name + ".", StringComparison.Ordinal))
            .Select(type => type.FullName));

        Assert.That(strays, Is.Empty);
    }
}
