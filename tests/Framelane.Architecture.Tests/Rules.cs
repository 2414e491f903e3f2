using System.Reflection;
using ArchUnitNET.Domain;
using ArchUnitNET.Domain.Extensions;
using ArchUnitNET.Fluent;
using ArchUnitNET.Fluent.Conditions;
using ArchUnitNET.Fluent.Syntax.Elements.Types;
using FluentValidation;
using MediatR;
using Assembly = System.Reflection.Assembly;

namespace Framelane.Architecture.Tests;

/// <summary>The rules, apart from what they are applied to: to the layers, which keep them, and to samples, which break them.</summary>
static class Rules
{
    static readonly string[] Clocks =
    [
        "System.DateTime::get_Now(",
        "System.DateTime::get_UtcNow(",
        "System.DateTime::get_Today(",
        "System.DateTimeOffset::get_Now(",
        "System.DateTimeOffset::get_UtcNow(",
    ];

    public static IArchRule DependOnlyOn(IObjectProvider<IType> types, params string[] namespaces) =>
        Depend(types, target => namespaces.Any(name => IsUnder(target, name)), $"depend on nothing but {string.Join(", ", namespaces)}");

    public static IArchRule NotDependOn(IObjectProvider<IType> types, params string[] namespaces) =>
        Depend(types, target => !namespaces.Any(name => IsUnder(target, name)), $"depend on none of {string.Join(", ", namespaces)}");

    /// <summary>Time comes from a <see cref="TimeProvider"/>, so that tests can turn it and nodes can agree on it.</summary>
    public static IArchRule NotReadTheClock(IObjectProvider<IType> types) => Should(
        types,
        type => type.GetCalledMethods().Select(method => method.FullName).Where(name => Clocks.Any(clock => name.Contains(clock, StringComparison.Ordinal))),
        "read no clock but a TimeProvider");

    /// <summary>What the compiler wrote into the assembly, whatever of it ArchUnit sees.</summary>
    public static IEnumerable<string> ForeignReferences(Assembly assembly, Func<string, bool> allowed) =>
        assembly.GetReferencedAssemblies().Select(reference => reference.Name!).Where(name => !allowed(name));

    /// <summary>Handlers and validators are reached through MediatR and the container alone.</summary>
    public static IEnumerable<string> NotInternalAndSealed(IEnumerable<Type> types) => types
        .Where(IsHandlerOrValidator)
        .Where(type => type.IsVisible || !type.IsSealed)
        .Select(type => type.FullName!);

    public static bool IsHandlerOrValidator(Type type) => type is { IsClass: true, IsAbstract: false }
        && type.GetInterfaces().Any(each => each == typeof(IValidator)
            || (each.IsGenericType && each.GetGenericTypeDefinition() is { } open
                && (open == typeof(IRequestHandler<,>) || open == typeof(IRequestHandler<>) || open == typeof(INotificationHandler<>))));

    /// <summary>What is sent and answered is a value: a record, and a sealed one where it is sent through MediatR.</summary>
    public static IEnumerable<string> NotValues(IEnumerable<Type> types) => types
        .Where(IsMessage)
        .Where(type => !IsRecord(type) || (type.IsAssignableTo(typeof(IBaseRequest)) && !type.IsSealed))
        .Select(type => type.FullName!);

    public static bool IsMessage(Type type) => type is { IsInterface: false }
        && (type.IsAssignableTo(typeof(IBaseRequest))
            || new[] { "Command", "Query", "Request", "Response" }.Any(end => type.Name.Split('`')[0].EndsWith(end, StringComparison.Ordinal)));

    /// <summary>A controller is handed the sender and what the API itself or ASP.NET Core has: never a port, a repository or a handler.</summary>
    public static IEnumerable<string> NotThin(IEnumerable<Type> controllers) => controllers
        .SelectMany(
            controller => controller.GetConstructors().SelectMany(made => made.GetParameters())
                .Concat(controller.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).SelectMany(action => action.GetParameters())
                    .Where(parameter => parameter.GetCustomAttributes().Any(each => each.GetType().Name is "FromServicesAttribute" or "FromKeyedServicesAttribute"))),
            (controller, parameter) => (controller, handed: parameter.ParameterType))
        .Where(each => each.handed != typeof(ISender))
        .Where(each => !IsOwnOrFramework(each.handed))
        .Select(each => $"{each.controller.FullName} is handed {each.handed.FullName}");

    public static IEnumerable<Type> Controllers(Assembly assembly) =>
        assembly.GetTypes().Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(Microsoft.AspNetCore.Mvc.ControllerBase)));

    /// <summary>What breaks the rule, one line each.</summary>
    public static string[] Violations(this IArchRule rule) =>
        [.. rule.Evaluate(Layers.Model).Where(result => !result.Passed).Select(result => result.Description)];

    static TypesShouldConjunction Depend(IObjectProvider<IType> types, Func<IType, bool> allowed, string description) => Should(
        types,
        type => type.Dependencies.Select(dependency => dependency.Target).Where(target => !target.IsGenericParameter && !allowed(target)).Select(target => target.FullName),
        description);

    // ArchUnit fails a rule that is applied to nothing; no rule here switches that off.
    static TypesShouldConjunction Should(IObjectProvider<IType> types, Func<IType, IEnumerable<string>> offences, string description) =>
        ArchRuleDefinition.Types().That().Are(types).Should().FollowCustomCondition(
            type =>
            {
                string[] found = [.. offences(type).Distinct().Order()];
                return new ConditionResult(type, found.Length == 0, string.Join(", ", found));
            },
            description);

    static bool IsUnder(IType type, string name) =>
        type.FullName.StartsWith(name, StringComparison.Ordinal) && (type.FullName.Length == name.Length || type.FullName[name.Length] is '.' or '/' or '+');

    static bool IsRecord(Type type) =>
        type.GetMethod("<Clone>$") is not null
        || (type.IsValueType && type.GetMethod("PrintMembers", BindingFlags.NonPublic | BindingFlags.Instance) is not null);

    static bool IsOwnOrFramework(Type type) =>
        type.Assembly == Layers.Api
        || type.Assembly.GetName().Name!.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal)
        || type.Assembly.GetName().Name!.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal);
}
