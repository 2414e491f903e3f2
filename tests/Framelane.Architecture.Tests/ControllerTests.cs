namespace Framelane.Architecture.Tests;

public sealed class ControllerTests
{
    [Test]
    public void OutsideTheCompositionRoot_TheApiDoesNotDependOnInfrastructure()
    {
        var types = ArchUnitNET.Fluent.ArchRuleDefinition.Types().That().FollowCustomPredicate(
            type => Layers.IsIn(type, Layers.Api) && !IsCompositionRoot(type.FullName), "are in the API, outside its composition root");

        Assert.That(Rules.NotDependOn(types, Layers.InfrastructureName).Violations(), Is.Empty);
    }

    [Test]
    public void OutsideTheCompositionRoot_TheApiDoesNotDependOnInfrastructure_IsSeenToFail()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(IsCompositionRoot(typeof(Samples.UsesInfrastructure).FullName!), Is.False);
            Assert.That(
                Rules.NotDependOn(Layers.Sample(typeof(Samples.UsesInfrastructure)), Layers.InfrastructureName).Violations(),
                Has.One.Contains("Framelane.Infrastructure.Samples.Adapter"));
        }
    }

    [Test]
    public void Controllers_AreHandedTheSenderAndNoPort()
    {
        var controllers = Rules.Controllers(Layers.Api).ToArray();
        Assert.That(controllers, Has.Length.GreaterThanOrEqualTo(7), "a rule over nothing proves nothing");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Rules.NotThin(controllers), Is.Empty);
            foreach (var controller in controllers)
                Assert.That(
                    Rules.NotDependOn(Layers.Sample(controller), "Framelane.Application.Abstractions", "Microsoft.EntityFrameworkCore").Violations(), Is.Empty);
        }
    }

    [Test]
    public void Controllers_AreHandedTheSenderAndNoPort_IsSeenToFail()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Rules.Controllers(Layers.Samples), Is.EquivalentTo(new[]
            {
                typeof(Samples.ThinController), typeof(Samples.FatController), typeof(Samples.ActionFatController), typeof(Samples.LocatingController),
            }));
            Assert.That(Rules.NotThin([typeof(Samples.ThinController)]), Is.Empty);
            Assert.That(Rules.NotThin([typeof(Samples.FatController)]), Has.One.Contains("IWorkspaceRepository"));
            Assert.That(Rules.NotThin([typeof(Samples.ActionFatController)]), Has.One.Contains("IWorkspaceRepository"));
            Assert.That(
                Rules.NotDependOn(Layers.Sample(typeof(Samples.LocatingController)), "Framelane.Application.Abstractions").Violations(),
                Has.One.Contains("IWorkspaceRepository"),
                "a port fetched from the request's services");
        }
    }

    /// <summary>Program, and the files that it calls to register services: <c>ApiServices</c>, <c>DependencyInjection</c>.</summary>
    static bool IsCompositionRoot(string fullName) =>
        fullName.Split('/', '+')[0] is var outermost
        && (outermost is "Program" or "Framelane.Api.Program"
            || outermost.EndsWith("Services", StringComparison.Ordinal)
            || outermost.EndsWith(".DependencyInjection", StringComparison.Ordinal));
}
