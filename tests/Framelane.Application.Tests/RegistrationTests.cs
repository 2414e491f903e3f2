using AutoMapper;
using FluentValidation;
using Framelane.Application.Abstractions;
using Framelane.Application.Common;
using Framelane.Domain.Common;
using Framelane.Domain.Workspaces;
using MediatR;

namespace Framelane.Application.Tests;

/// <summary>What <c>AddApplication</c> promises to whoever hosts it.</summary>
public sealed class RegistrationTests
{
    static readonly Type[] Types = typeof(DependencyInjection).Assembly.GetTypes();

    readonly Application app = new();

    [Test]
    public void Mappings_LeaveNoFieldOfAnAnswerUnfilled() =>
        Assert.That(() => app.Get<IMapper>().ConfigurationProvider.AssertConfigurationIsValid(), Throws.Nothing);

    [Test]
    public void EveryRequest_HasExactlyOneHandlerThatCanBeBuilt()
    {
        var requests = Types.Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(IBaseRequest))).ToArray();
        Assert.That(requests, Has.Length.GreaterThanOrEqualTo(17), "a test over nothing proves nothing");

        using (Assert.EnterMultipleScope())
        {
            foreach (var request in requests)
            {
                var answer = request.GetInterfaces().Single(each => each.IsGenericType && each.GetGenericTypeDefinition() == typeof(IRequest<>));
                var handler = typeof(IRequestHandler<,>).MakeGenericType(request, answer.GenericTypeArguments[0]);
                Assert.That(app.GetAll(handler), Has.Length.EqualTo(1), request.Name);
            }
        }
    }

    [Test]
    public void EveryValidator_IsFoundByItsRequest()
    {
        var validators = Types.Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(IValidator))).ToArray();
        Assert.That(validators, Has.Length.GreaterThanOrEqualTo(5));

        using (Assert.EnterMultipleScope())
        {
            foreach (var validator in validators)
                Assert.That(
                    app.GetAll(typeof(IValidator<>).MakeGenericType(validator.BaseType!.GenericTypeArguments[0])).Select(each => each!.GetType()),
                    Is.EqualTo(new[] { validator }));
        }
    }

    [Test]
    public void TheIdempotencyContext_IsOneARequest()
    {
        using var one = app.NewScope();
        using var other = app.NewScope();

        using (Assert.EnterMultipleScope())
        {
            var context = one.Get<IdempotencyContext>();
            Assert.That(one.Get<IdempotencyContext>(), Is.SameAs(context));
            Assert.That(other.Get<IdempotencyContext>(), Is.Not.SameAs(context));
        }
    }

    [Test]
    public void ADomainEvent_IsPublishedUnderItsOwnType()
    {
        var rotated = new SecretRotated(app.Workspace.Id, 2, null);

        INotification notification = new DomainEventNotification<SecretRotated>(rotated);

        Assert.That(((DomainEventNotification<SecretRotated>)notification).Event, Is.SameAs(rotated));
    }

    [Test]
    public void AValidationError_IsAnErrorWithItsFaultsPlaced()
    {
        Error error = ValidationError.At("unknown_event", "No.", "body", "events", 0);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(error.Code, Is.EqualTo("validation_error"));
            Assert.That(((ValidationError)error).Faults.Single().Loc, Is.EqualTo(new object[] { "body", "events", 0 }));
            Assert.That(((ValidationError)error).Faults.Single().Type, Is.EqualTo("unknown_event"));
        }
    }
}
