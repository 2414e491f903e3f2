using ArchUnitNET.Domain;
using ArchUnitNET.Fluent;
using ArchUnitNET.Loader;
using Assembly = System.Reflection.Assembly;
using Type = System.Type;

namespace Framelane.Architecture.Tests;

/// <summary>The assemblies under test, each named here and nowhere else, and what is read of them.</summary>
static class Layers
{
    public const string DomainName = "Framelane.Domain";
    public const string ApplicationName = "Framelane.Application";
    public const string InfrastructureName = "Framelane.Infrastructure";
    public const string RenderingName = "Framelane.Rendering";
    public const string ApiName = "Framelane.Api";

    public static readonly Assembly Domain = Assembly.Load(DomainName);
    public static readonly Assembly Application = Assembly.Load(ApplicationName);
    public static readonly Assembly Infrastructure = Assembly.Load(InfrastructureName);
    public static readonly Assembly Rendering = Assembly.Load(RenderingName);
    public static readonly Assembly Api = Assembly.Load(ApiName);

    /// <summary>These tests' own assembly: it holds the samples that break the rules.</summary>
    public static readonly Assembly Samples = typeof(Layers).Assembly;

    public static readonly Assembly[] Source = [Domain, Application, Infrastructure, Rendering, Api];

    public static readonly ArchUnitNET.Domain.Architecture Model = new ArchLoader().LoadAssemblies([.. Source, Samples]).Build();

    public static IObjectProvider<IType> Types(Assembly assembly) =>
        ArchRuleDefinition.Types().That().FollowCustomPredicate(type => IsIn(type, assembly), $"are in {assembly.GetName().Name}");

    public static IObjectProvider<IType> Sample(Type sample) =>
        ArchRuleDefinition.Types().That().FollowCustomPredicate(type => type.FullName == sample.FullName, $"are {sample.Name}");

    public static bool IsIn(IType type, Assembly assembly) => type.Assembly.Name.Split(',')[0] == assembly.GetName().Name;
}
